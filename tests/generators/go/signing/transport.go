// Package signing signs the requests of a generated client, and verifies the responses, with the official Go SDK.
package signing

import (
	"bytes"
	"io"
	"net/http"

	"github.com/wechatpay-apiv3/wechatpay-go/core/auth"
	"github.com/wechatpay-apiv3/wechatpay-go/core/auth/credentials"
	"github.com/wechatpay-apiv3/wechatpay-go/core/auth/validators"
)

// Transport is an http.RoundTripper: http.Client{Transport: &signing.Transport{…}}.
type Transport struct {
	Signer   auth.Signer
	Verifier auth.Verifier
	Base     http.RoundTripper
}

func (t *Transport) RoundTrip(request *http.Request) (*http.Response, error) {
	var body []byte
	if request.Body != nil {
		var err error
		if body, err = io.ReadAll(request.Body); err != nil {
			return nil, err
		}
		request.Body.Close()
	}
	context := request.Context()
	credential := credentials.WechatPayCredentials{Signer: t.Signer}
	authorization, err := credential.GenerateAuthorizationHeader(context, request.Method, request.URL.RequestURI(), string(body))
	if err != nil {
		return nil, err
	}
	serial, err := t.Verifier.GetSerial(context)
	if err != nil {
		return nil, err
	}
	// A RoundTripper must not change the request that it gets.
	signed := request.Clone(context)
	signed.Body = io.NopCloser(bytes.NewReader(body))
	signed.ContentLength = int64(len(body))
	signed.Header.Set("Authorization", authorization)
	signed.Header.Set("Accept", "application/json")
	signed.Header.Set("Wechatpay-Serial", serial)
	if signed.Header.Get("User-Agent") == "" {
		signed.Header.Set("User-Agent", "shop/1.0")
	}
	response, err := t.Base.RoundTrip(signed)
	if err != nil || response.StatusCode < 200 || response.StatusCode > 299 {
		return response, err
	}
	if err := validators.NewWechatPayResponseValidator(t.Verifier).Validate(context, response); err != nil {
		response.Body.Close()
		return nil, err
	}
	return response, nil
}
