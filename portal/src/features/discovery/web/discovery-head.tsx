import { useNonce } from '#platform/web'

interface Head {
  hidden: boolean
  tags: readonly { name: string; content: string }[]
  wechatScript: string | null
}

/**
 * What search engines look for in the head of every public page, and the script of WeChat's cards. React brings each to the head by
 * itself. They come with the page as the server sends it: engines and WeChat read that, and a browser need not make them again.
 */
export function DiscoveryHead({ hidden, tags, wechatScript }: Head) {
  const nonce = useNonce()
  if (!import.meta.env.SSR) return null
  return (
    <>
      {hidden ? <meta name="robots" content="noindex, nofollow" /> : null}
      {tags.map(tag => (
        <meta key={tag.name} {...tag} />
      ))}
      {wechatScript ? <script async src={wechatScript} nonce={nonce} /> : null}
    </>
  )
}
