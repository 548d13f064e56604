import { createHash } from 'node:crypto'

/** Tencent's own library; no other address is loaded by this script. */
const library = 'https://res.wx.qq.com/open/js/jweixin-1.6.0.js'

/**
 * What a page loads where WeChat is set up. Elsewhere than in WeChat it does nothing. There it asks the portal for a signature, loads
 * Tencent's library by the nonce of the page, so that the policy of pages opens for this one element and for no host, and says what a card
 * of the page shows: the same as its Open Graph tags. A page without a picture for sharing is left alone: it is somebody's own.
 */
export const wechatScript = `(() => {
  const own = document.currentScript
  const read = name => document.querySelector('meta[property="og:' + name + '"]')?.content ?? ''
  if (!/MicroMessenger/i.test(navigator.userAgent) || !read('image')) return
  const { nonce } = own, library = '${library}', here = location.href.split('#')[0]
  const policy = window.trustedTypes?.createPolicy('wechat', { createScriptURL: url => (url === library ? url : null) })
  const share = () => {
    const card = { title: read('title'), desc: read('description'), link: location.href.split('#')[0], imgUrl: read('image') }
    if (!card.imgUrl) return
    window.wx.updateAppMessageShareData(card)
    window.wx.updateTimelineShareData(card)
  }
  let waiting
  const shareSoon = () => {
    clearTimeout(waiting)
    waiting = setTimeout(share, 500)
  }
  const begin = signature => {
    window.wx.config({ ...signature, jsApiList: ['updateAppMessageShareData', 'updateTimelineShareData'] })
    window.wx.ready(() => {
      share()
      window.navigation?.addEventListener('currententrychange', shareSoon)
      new MutationObserver(shareSoon).observe(document.head, { childList: true, subtree: true, attributes: true })
    })
  }
  fetch('/api/v1/discovery/wechat-signature?url=' + encodeURIComponent(here))
    .then(answer => (answer.ok ? answer.json() : null))
    .then(said => {
      if (!said?.signature) return
      const script = document.createElement('script')
      Object.assign(script, { nonce, onload: () => begin(said.signature), src: policy ? policy.createScriptURL(library) : library })
      document.head.append(script)
    })
    .catch(() => {})
})()
`

/** Another script has another address: it is kept for good. */
export const wechatScriptPath = `/wechat-card-${createHash('sha256').update(wechatScript).digest('hex').slice(0, 12)}.js`
