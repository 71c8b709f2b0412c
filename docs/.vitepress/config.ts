import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type DefaultTheme, defineConfig } from 'vitepress'

// `npm run docs` writes the pages and the sidebar there; nothing below docs/ is a page by itself.
const site = fileURLToPath(new URL('../../.cache/site', import.meta.url))
const sidebar: DefaultTheme.SidebarItem[] = JSON.parse(readFileSync(`${site}/sidebar.json`, 'utf8'))

export default defineConfig({
  title: 'wechatpay-entrust',
  description:
    'A typed client and a mock for WeChat Pay APIv3 password-exempt contracts (微信支付 免密支付签约)',
  srcDir: site,
  outDir: '../.cache/site-dist',
  cacheDir: '../.cache/vitepress',
  metaChunk: true,
  head: [['link', { rel: 'icon', href: 'data:,' }]],
  locales: {
    root: { label: 'English', lang: 'en' },
    zh: {
      label: '简体中文',
      lang: 'zh-CN',
      link: '/zh/',
      themeConfig: {
        nav: [
          { text: '开始', link: '/zh/' },
          { text: '指南 (English)', link: '/guide/calls' },
          { text: '接口 (English)', link: '/reference/' },
        ],
        outline: { label: '本页内容' },
        docFooter: { prev: false, next: false },
        darkModeSwitchLabel: '外观',
        returnToTopLabel: '返回顶部',
        sidebarMenuLabel: '目录',
        langMenuLabel: '语言',
      },
    },
  },
  markdown: {
    // Of these two some colours are too faint on the ground of a code block; see the contrast test.
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
    languageAlias: { console: 'sh' },
  },
  themeConfig: {
    // Only the start page is in both languages.
    i18nRouting: false,
    nav: [
      { text: 'Start', link: '/start' },
      { text: 'Guide', link: '/guide/calls', activeMatch: '^/guide/' },
      { text: 'Reference', link: '/reference/', activeMatch: '^/reference/' },
    ],
    sidebar,
    outline: [2, 3],
    search: {
      provider: 'local',
      options: {
        miniSearch: {
          options: {
            // Chinese has no spaces: each character is a word of its own there.
            tokenize: (text) => text.match(/\p{Script=Han}|[^\s\p{P}\p{Script=Han}]+/gu) ?? [],
          },
        },
        locales: {
          zh: { translations: { button: { buttonText: '搜索', buttonAriaLabel: '搜索' } } },
        },
      },
    },
  },
})
