// Uses the client that oapi-codegen made.
package main

import (
	"context"
	"encoding/json"

	"example.com/generators/oapicodegen/entrust"
	"example.com/generators/signing"
)

func main() {
	mock := signing.ReadMock()
	client, err := entrust.NewClientWithResponses(mock.BaseURL, entrust.WithHTTPClient(mock.HTTPClient()))
	signing.Must(err)

	openid := "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o"
	preSign, err := client.QsMiniProgramPreEntrustSignWithResponse(context.Background(), entrust.QsMiniProgramPreSignRequest{
		Appid: "wxd678efh567hg6787", SubAppid: "wxd678efh567hg6787", SubMchid: "1900000109", Openid: &openid,
		ServiceId: 3000000000, OutContractCode: "GO2", NotifyUrl: "http://127.0.0.1:9/notify", ContractDisplayAccount: "微信代扣用户A",
	})
	signing.Must(err)
	mock.Sign(preSign.JSON200.PreEntrustwebId)
	query, err := client.GetContractByCodeWithResponse(context.Background(), 3000000000, "GO2")
	signing.Must(err)
	contract := query.JSON200
	unknown, err := client.GetContractByCodeWithResponse(context.Background(), 3000000000, "UNKNOWN")
	signing.Must(err)

	signing.Print(map[string]any{
		"session": preSign.JSON200.PreEntrustwebId != "", "serviceId": contract.ServiceId, "state": contract.ContractState,
		"signed": contract.ContractSignedTime.Unix(), "error": unknown.JSON404.Code, "newField": newField(query.Body),
	})
}

// newField reads the contract again, with a field that the spec does not have.
func newField(body []byte) any {
	fields := map[string]any{}
	signing.Must(json.Unmarshal(body, &fields))
	fields["brand_new"] = "read"
	text, err := json.Marshal(fields)
	signing.Must(err)
	var again entrust.Contract
	signing.Must(json.Unmarshal(text, &again))
	return again.AdditionalProperties["brand_new"]
}
