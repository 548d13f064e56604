import { useEffect, useState } from 'react'
import { type LocalizedText, pathIn } from '#platform/core'
import { Notice, SelectField, useLanguage, useTexts } from '#platform/web'
import { type Card, readCard } from '../core/index.ts'
import style from './discovery-page.module.css'

interface Props {
  products: readonly { slug: string; name: LocalizedText }[]
  origin: string
  wechatOn: boolean
}

/** How the link of a page looks where it is shared, read from the page as nobody in particular sees it. */
export function SharePreview({ products, origin, wechatOn }: Props) {
  const t = useTexts('discovery')
  const language = useLanguage()
  const [path, setPath] = useState('/')
  const card = useCardOf(pathIn(language, path))
  const options = [
    { value: '/', label: t('preview.home') },
    { value: '/products', label: t('preview.products') },
    ...products.map(({ slug, name }) => ({ value: `/products/${slug}`, label: name[language] })),
  ]
  return (
    <section className={style.part}>
      <h2>{t('preview.title')}</h2>
      <p className={style.help}>{t('preview.help')}</p>
      <SelectField label={t('preview.page')} value={path} options={options} onChange={event => setPath(event.target.value)} />
      {card === 'loading' ? <p role="status">{t('preview.loading')}</p> : null}
      {card === 'failed' ? <Notice tone="bad" live title={t('preview.failed')} /> : null}
      {typeof card === 'object' ? (
        <div className={style.previews}>
          <InWechat card={card} host={new URL(origin).host} on={wechatOn} />
          <Elsewhere card={card} host={new URL(origin).host} />
        </div>
      ) : null}
    </section>
  )
}

function useCardOf(address: string): Card | 'loading' | 'failed' {
  const [read, setRead] = useState<{ address: string; card: Card | 'failed' } | null>(null)
  useEffect(() => {
    const leaving = new AbortController()
    fetch(address, { credentials: 'omit', signal: leaving.signal })
      .then(async answer => setRead({ address, card: answer.ok ? readCard(await answer.text()) : 'failed' }))
      .catch(() => leaving.signal.aborted || setRead({ address, card: 'failed' }))
    return () => leaving.abort()
  }, [address])
  return read?.address === address ? read.card : 'loading'
}

/** The picture by its path: the portal may be reached by another name here than the one its pages say. */
const pathOf = (picture: string) => new URL(picture, location.href).pathname

function InWechat({ card, host, on }: { card: Card; host: string; on: boolean }) {
  const t = useTexts('discovery')
  return (
    <figure className={style.preview}>
      <figcaption>{t('preview.inWechat')}</figcaption>
      <div className={`${style.card} ${style.wechat}`}>
        <strong className={style.title}>{card.title}</strong>
        <span className={style.words}>{on ? card.description : host}</span>
        {on && card.picture ? (
          <img className={style.thumb} src={pathOf(card.picture)} alt="" />
        ) : (
          <span className={style.thumb} />
        )}
      </div>
      {on ? null : <p className={style.help}>{t('preview.plain')}</p>}
      {card.title.length > 40 ? <p className={style.help}>{t('preview.titleCut')}</p> : null}
    </figure>
  )
}

function Elsewhere({ card, host }: { card: Card; host: string }) {
  const t = useTexts('discovery')
  return (
    <figure className={style.preview}>
      <figcaption>{t('preview.elsewhere')}</figcaption>
      <div className={`${style.card} ${style.large}`}>
        {card.picture ? (
          <img src={pathOf(card.picture)} alt="" width={1200} height={630} />
        ) : (
          <span className={style.blank}>{t('preview.noPicture')}</span>
        )}
        <div className={style.text}>
          <strong className={style.title}>{card.title}</strong>
          <span className={style.words}>{card.description}</span>
          <span className={style.host}>{host}</span>
        </div>
      </div>
    </figure>
  )
}
