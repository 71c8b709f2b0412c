// The shop: one page, and a back end that pre-signs and receives the notification. It contains no
// test code.
import { createServer, type Server } from 'node:http'
import { createNodeHandler } from '@wechatpay-entrust/notification/node'
import { createWeChatPay, type WeChatPayOptions } from 'wechatpay-entrust'

const page = `<!doctype html>
<html lang="en">
<title>Shop</title>
<button>Pay without a password</button>
<p role="status">No contract</p>
<script type="module">
  const status = document.querySelector('p')
  document.querySelector('button').onclick = async () => {
    const { code } = await (await fetch('/contracts', { method: 'POST' })).json()
    status.textContent = 'Waiting for WeChat'
    do {
      await new Promise((resolve) => setTimeout(resolve, 100))
      status.textContent = await (await fetch('/contracts/' + code)).text()
    } while (status.textContent === 'Waiting for WeChat')
  }
</script>
</html>`

export function createShop(options: WeChatPayOptions, publicUrl: () => string): Server {
  const wechatpay = createWeChatPay(options)
  /** Replaces your database. */
  const states = new Map<string, string>()
  const receiveNotification = createNodeHandler({
    ...wechatpay.notifications,
    path: '/notify',
    onNotification({ kind, resource }) {
      const code = kind === 'signed' && resource.out_contract_code
      if (code) states.set(code, 'Contract signed')
    },
  })

  return createServer(async (request, response) => {
    const { method, url = '/' } = request
    if (url === '/notify') return receiveNotification(request, response)
    if (method === 'POST' && url === '/contracts') {
      const code = `SHOP${states.size + 1}`
      await wechatpay.qsMiniProgramPreEntrustSign({
        json: {
          appid: 'wxd678efh567hg6787',
          sub_appid: 'wxd678efh567hg6787',
          sub_mchid: '1900000109',
          service_id: 12535,
          out_contract_code: code,
          openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o',
          contract_display_account: '用户A',
          notify_url: `${publicUrl()}/notify`,
        },
      })
      states.set(code, 'Waiting for WeChat')
      return void response.end(JSON.stringify({ code }))
    }
    if (url.startsWith('/contracts/'))
      return void response.end(states.get(url.slice('/contracts/'.length)))
    response.setHeader('Content-Type', 'text/html').end(page)
  })
}
