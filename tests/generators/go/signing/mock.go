package signing

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"os"

	"github.com/wechatpay-apiv3/wechatpay-go/core/auth/signers"
	"github.com/wechatpay-apiv3/wechatpay-go/core/auth/verifiers"
	"github.com/wechatpay-apiv3/wechatpay-go/utils"
)

// Mock is the ready file of the standalone mock.
type Mock struct {
	BaseURL                string `json:"baseUrl"`
	ControlURL             string `json:"controlUrl"`
	Mchid                  string `json:"mchid"`
	MerchantSerialNumber   string `json:"merchantSerialNumber"`
	MerchantPrivateKeyPath string `json:"merchantPrivateKeyPath"`
	PublicKeyID            string `json:"publicKeyId"`
	PublicKeyPath          string `json:"publicKeyPath"`
}

// ReadMock reads the ready file that the environment names.
func ReadMock() Mock {
	text, err := os.ReadFile(os.Getenv("READY_FILE"))
	Must(err)
	var mock Mock
	Must(json.Unmarshal(text, &mock))
	return mock
}

// HTTPClient signs as the merchant of the mock.
func (mock Mock) HTTPClient() *http.Client {
	privateKey, err := utils.LoadPrivateKeyWithPath(mock.MerchantPrivateKeyPath)
	Must(err)
	publicKey, err := utils.LoadPublicKeyWithPath(mock.PublicKeyPath)
	Must(err)
	return &http.Client{Transport: &Transport{
		Signer:   &signers.SHA256WithRSASigner{MchID: mock.Mchid, CertificateSerialNo: mock.MerchantSerialNumber, PrivateKey: privateKey},
		Verifier: verifiers.NewSHA256WithRSAPubkeyVerifier(mock.PublicKeyID, *publicKey),
		Base:     http.DefaultTransport,
	}}
}

// Sign plays the user who signs.
func (mock Mock) Sign(session string) {
	body, err := json.Marshal(map[string]string{"pre_entrustweb_id": session})
	Must(err)
	response, err := http.Post(mock.ControlURL+"/sign", "application/json", bytes.NewReader(body))
	Must(err)
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		panic(fmt.Sprintf("sign: %d", response.StatusCode))
	}
}

// Print writes what the client read, for the test.
func Print(result map[string]any) {
	text, err := json.Marshal(result)
	Must(err)
	fmt.Println(string(text))
}

// Must panics with an error.
func Must(err error) {
	if err != nil {
		panic(err)
	}
}
