// Signs and verifies with WebCrypto: workerd has node:crypto only with a compatibility flag, which is
// not set here.
import { createHonoHandler } from '@wechatpay-entrust/notification/hono'
import { type Context, Hono } from 'hono'
import { createWeChatPay, toMiniProgramLaunch } from 'wechatpay-entrust'

/** Secrets and bindings of the Worker; see wrangler.jsonc. */
export interface Bindings {
  readonly MCHID: string
  readonly MERCHANT_SERIAL_NUMBER: string
  readonly MERCHANT_PRIVATE_KEY: string
  readonly API_V3_KEY: string
  readonly PUBLIC_KEY_ID: string
  readonly PUBLIC_KEY: string
  /** The address of the mock in tests; not set in production. */
  readonly WECHATPAY_URL?: string
  readonly CONTRACTS: {
    get(code: string): Promise<string | null>
    put(code: string, id: string): Promise<void>
  }
}
type AppContext = Context<{ Bindings: Bindings }>

const wechatpayOf = ({ env }: AppContext) =>
  createWeChatPay({
    mchid: env.MCHID,
    serialNumber: env.MERCHANT_SERIAL_NUMBER,
    privateKey: env.MERCHANT_PRIVATE_KEY,
    apiV3Key: env.API_V3_KEY,
    publicKey: { id: env.PUBLIC_KEY_ID, pem: env.PUBLIC_KEY },
    baseUrl: env.WECHATPAY_URL,
  })

const app = new Hono<{ Bindings: Bindings }>()

app.post('/contracts/:code', async (context) => {
  const { data } = await wechatpayOf(context).qsMiniProgramPreEntrustSign({
    json: {
      appid: 'wxd678efh567hg6787',
      sub_appid: 'wxd678efh567hg6787',
      sub_mchid: '1900000109',
      service_id: 12535,
      out_contract_code: context.req.param('code'),
      openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o',
      contract_display_account: '用户A',
      notify_url: new URL('/notify', context.req.url).href,
    },
  })
  return context.json(toMiniProgramLaunch(data))
})

app.get('/contracts/:code', async (context) => {
  const id = await context.env.CONTRACTS.get(context.req.param('code'))
  return id === null ? context.notFound() : context.text(id)
})

// The bindings are only known during a request, so the handler is created for each one. A resent
// notification stores the same value again.
app.post('/notify', (context) =>
  createHonoHandler<AppContext>({
    ...wechatpayOf(context).notifications,
    async onNotification({ kind, resource }) {
      const code = kind === 'signed' && resource.out_contract_code
      if (code) await context.env.CONTRACTS.put(code, resource.contract_id ?? '')
    },
  })(context),
)

export default app
