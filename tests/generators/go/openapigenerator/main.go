// Uses the client that openapi-generator made.
package main

import (
	"context"
	"encoding/json"
	"errors"

	"example.com/generators/openapigenerator/entrust"
	"example.com/generators/signing"
)

func main() {
	mock := signing.ReadMock()
	configuration := entrust.NewConfiguration()
	configuration.Servers = entrust.ServerConfigurations{{URL: mock.BaseURL}}
	configuration.HTTPClient = mock.HTTPClient()
	client := entrust.NewAPIClient(configuration)

	// sub_openid is left out.
	order := entrust.NewQsMiniProgramPreSignRequest(
		"wxd678efh567hg6787", "wxd678efh567hg6787", "1900000109",
		3000000000, "GO1", "http://127.0.0.1:9/notify", "微信代扣用户A")
	order.SetOpenid("oUpF8uMuAJO_M2pxb1Q9zNjWeS6o")
	session, _, err := client.ContractsAPI.QsMiniProgramPreEntrustSign(context.Background()).
		QsMiniProgramPreSignRequest(*order).Execute()
	signing.Must(err)
	mock.Sign(session.PreEntrustwebId)
	contract, _, err := client.ContractsAPI.GetContractByCode(context.Background(), 3000000000, "GO1").Execute()
	signing.Must(err)

	_, _, err = client.ContractsAPI.GetContractByCode(context.Background(), 3000000000, "UNKNOWN").Execute()
	var failure *entrust.GenericOpenAPIError
	if !errors.As(err, &failure) {
		panic(err)
	}
	errorBody, _ := failure.Model().(entrust.ApiErrorBody)

	signing.Print(map[string]any{
		"session": session.PreEntrustwebId != "", "serviceId": contract.ServiceId, "state": contract.ContractState,
		"signed": contract.ContractSignedTime.Unix(), "error": errorBody.Code, "newField": newField(contract),
	})
}

// newField reads the contract again, with a field that the spec does not have.
func newField(contract *entrust.Contract) any {
	fields, err := contract.ToMap()
	signing.Must(err)
	fields["brand_new"] = "read"
	text, err := json.Marshal(fields)
	signing.Must(err)
	var again entrust.Contract
	signing.Must(json.Unmarshal(text, &again))
	return again.AdditionalProperties["brand_new"]
}
