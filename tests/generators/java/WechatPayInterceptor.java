import com.wechat.pay.java.core.auth.Credential;
import com.wechat.pay.java.core.auth.Validator;
import com.wechat.pay.java.core.http.HttpHeaders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import okio.Buffer;

/** Signs the requests of a generated client, and verifies the responses, with wechatpay-java. */
public final class WechatPayInterceptor implements Interceptor {
  private final Credential credential;
  private final Validator validator;

  public WechatPayInterceptor(Credential credential, Validator validator) {
    this.credential = credential;
    this.validator = validator;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    Request request = chain.request();
    Buffer body = new Buffer();
    if (request.body() != null) request.body().writeTo(body);
    String text = body.readUtf8();
    Request.Builder signed =
        request
            .newBuilder()
            .header("Authorization", credential.getAuthorization(request.url().uri(), request.method(), text))
            .header("Accept", "application/json")
            .header("Wechatpay-Serial", validator.getSerialNumber());
    if (request.header("User-Agent") == null) signed.header("User-Agent", "shop/1.0");
    Response response = chain.proceed(signed.build());
    if (response.isSuccessful()) verify(response);
    return response;
  }

  private void verify(Response response) throws IOException {
    HttpHeaders headers = new HttpHeaders();
    response.headers().forEach(pair -> headers.addHeader(pair.getFirst(), pair.getSecond()));
    String body = new String(response.peekBody(Long.MAX_VALUE).bytes(), StandardCharsets.UTF_8);
    if (validator.validate(headers, body)) return;
    response.close();
    throw new IOException("the signature of the response is wrong");
  }
}
