import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.wechat.pay.java.core.auth.WechatPay2Credential;
import com.wechat.pay.java.core.auth.WechatPay2Validator;
import com.wechat.pay.java.core.cipher.RSASigner;
import com.wechat.pay.java.core.cipher.RSAVerifier;
import com.wechat.pay.java.core.util.PemUtil;
import entrust.ApiClient;
import entrust.ApiException;
import entrust.api.ContractsApi;
import entrust.model.ApiErrorBody;
import entrust.model.Contract;
import entrust.model.QsMiniProgramPreSignRequest;
import entrust.model.MiniProgramPreSignResponse;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import okhttp3.OkHttpClient;

/** Uses the client that openapi-generator made. */
public final class Main {
  public static void main(String[] args) throws Exception {
    JsonObject mock = JsonParser.parseString(Files.readString(Path.of(System.getenv("READY_FILE")))).getAsJsonObject();
    ContractsApi contracts = new ContractsApi(client(mock));

    // sub_openid is left out.
    MiniProgramPreSignResponse session =
        contracts.qsMiniProgramPreEntrustSign(
            new QsMiniProgramPreSignRequest()
                .appid("wxd678efh567hg6787")
                .subAppid("wxd678efh567hg6787")
                .subMchid("1900000109")
                .openid("oUpF8uMuAJO_M2pxb1Q9zNjWeS6o")
                .serviceId(3000000000L)
                .outContractCode("JAVA1")
                .notifyUrl("http://127.0.0.1:9/notify")
                .contractDisplayAccount("微信代扣用户A"));
    sign(text(mock, "controlUrl"), session.getPreEntrustwebId());
    Contract contract = contracts.getContractByCode(3000000000L, "JAVA1");

    System.out.println(
        new Gson()
            .toJson(
                Map.of(
                    "session", !session.getPreEntrustwebId().isEmpty(),
                    "serviceId", contract.getServiceId(),
                    "state", contract.getContractState(),
                    "signed", contract.getContractSignedTime().toEpochSecond(),
                    "error", errorOf(contracts),
                    "newField", newField(contract))));
  }

  /** Signs as the merchant of the mock. */
  private static ApiClient client(JsonObject mock) {
    RSASigner signer =
        new RSASigner(
            text(mock, "merchantSerialNumber"), PemUtil.loadPrivateKeyFromPath(text(mock, "merchantPrivateKeyPath")));
    RSAVerifier verifier =
        new RSAVerifier(PemUtil.loadPublicKeyFromPath(text(mock, "publicKeyPath")), text(mock, "publicKeyId"));
    OkHttpClient http =
        new OkHttpClient.Builder()
            .addInterceptor(
                new WechatPayInterceptor(
                    new WechatPay2Credential(text(mock, "mchid"), signer), new WechatPay2Validator(verifier)))
            .build();
    return new ApiClient(http).setBasePath(text(mock, "baseUrl"));
  }

  private static String text(JsonObject object, String name) {
    return object.get(name).getAsString();
  }

  /** Plays the user who signs. */
  private static void sign(String controlUrl, String session) throws Exception {
    String body = new Gson().toJson(Map.of("pre_entrustweb_id", session));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(controlUrl + "/sign"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 200) throw new IllegalStateException("sign: " + response.statusCode());
  }

  private static String errorOf(ContractsApi contracts) throws Exception {
    try {
      contracts.getContractByCode(3000000000L, "UNKNOWN");
      return "none";
    } catch (ApiException failure) {
      return ApiErrorBody.fromJson(failure.getResponseBody()).getCode();
    }
  }

  /** Reads the contract again, with a field that the spec does not have. */
  private static Object newField(Contract contract) throws Exception {
    JsonObject fields = JsonParser.parseString(contract.toJson()).getAsJsonObject();
    fields.addProperty("brand_new", "read");
    return Contract.fromJson(fields.toString()).getAdditionalProperty("brand_new");
  }
}
