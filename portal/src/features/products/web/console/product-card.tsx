import { useState } from 'react'
import { fillPath, formatTime, pathIn } from '#platform/core'
import {
  ActionButton,
  ActionLink,
  api,
  ConfirmDialog,
  DescriptionList,
  LocaleLink,
  Money,
  useLanguage,
  useProblem,
  useTexts,
  useTimeZone,
} from '#platform/web'
import { changeProduct, exportModel, getVersionModel, type ProductDetail } from '../../core/index.ts'
import style from './console-product-page.module.css'
import { OtherFormats } from './other-formats.tsx'
import { ProblemNotice } from './problem-notice.tsx'

interface ProductCardProps {
  detail: ProductDetail
  etag: string
  mayWrite: boolean
  onDone(): Promise<unknown>
}

/** What visitors configure now, and whether they see it. */
export function ProductCard({ detail, etag, mayWrite, onDone }: ProductCardProps) {
  const t = useTexts('products')
  const language = useLanguage()
  const [withdrawing, setWithdrawing] = useState(false)
  const [busy, setBusy] = useState(false)
  const { problem, attempt } = useProblem()
  const setStatus = async (status: 'published' | 'withdrawn') => {
    setBusy(true)
    await attempt(() => api.call(changeProduct, { params: { productId: detail.id }, body: { status }, ifMatch: etag }))
    setBusy(false)
    setWithdrawing(false)
    await onDone()
  }
  return (
    <section className={style.card}>
      <h2>{t('console.product.facts')}</h2>
      {problem ? <ProblemNotice problem={problem} /> : null}
      {detail.modelVersionId === null ? <p>{t('console.product.noVersion')}</p> : <CurrentVersion detail={detail} />}
      {mayWrite && detail.modelVersionId !== null ? (
        <div className={style.actions}>
          {detail.status === 'published' ? (
            <ActionButton size="small" disabled={busy} onClick={() => setWithdrawing(true)}>
              {t('console.withdraw')}
            </ActionButton>
          ) : (
            <ActionButton size="small" disabled={busy} onClick={() => setStatus('published')}>
              {t('console.publish')}
            </ActionButton>
          )}
        </div>
      ) : null}
      <ConfirmDialog
        open={withdrawing}
        title={t('console.withdrawTitle', { name: detail.name[language] })}
        action={t('console.withdraw')}
        danger
        busy={busy}
        onConfirm={() => setStatus('withdrawn')}
        onClose={() => setWithdrawing(false)}
      >
        {t('console.withdrawHelp')}
      </ConfirmDialog>
    </section>
  )
}

function CurrentVersion({ detail }: { detail: ProductDetail }) {
  const t = useTexts('products')
  const language = useLanguage()
  const zone = useTimeZone()
  const { startingPrice, slug, status } = detail
  return (
    <>
      <DescriptionList
        items={[
          { term: t('console.version'), value: detail.version },
          {
            term: t('console.product.startingPrice'),
            value: startingPrice ? (
              <Money amount={startingPrice.net} currency={startingPrice.currency} />
            ) : (
              t('console.product.onRequest')
            ),
          },
          { term: t('console.options'), value: detail.options },
          { term: t('console.constraints'), value: detail.constraints },
          { term: t('console.format'), value: t(`format.${detail.sourceFormat}`) },
          { term: t('console.updatedAt'), value: formatTime(detail.updatedAt, language, zone) },
          {
            term: t('console.product.address'),
            value:
              status === 'published' ? <LocaleLink to={`/products/${slug}`}>/products/{slug}</LocaleLink> : `/products/${slug}`,
          },
        ]}
      />
      <div className={style.actions}>
        {status === 'published' ? (
          <ActionLink size="small" to={pathIn(language, `/configure/${slug}`)}>
            {t('console.configure')}
          </ActionLink>
        ) : null}
        <DownloadModel productId={detail.id} modelVersionId={detail.modelVersionId!} name={`${slug}-${detail.version}`} />
      </div>
    </>
  )
}

/** The model of a version as a file: in the product form, as JSON, or for other tools. */
export function DownloadModel({ productId, modelVersionId, name }: { productId: string; modelVersionId: string; name: string }) {
  const t = useTexts('products')
  const files = [
    {
      label: t('console.exportWorkbook'),
      file: 'xlsx',
      path: `${fillPath(exportModel.path, { productId })}?modelVersionId=${modelVersionId}`,
    },
    { label: t('console.product.download'), file: 'json', path: fillPath(getVersionModel.path, { productId, modelVersionId }) },
  ]
  return (
    <>
      {files.map(({ label, file, path }) => (
        <a key={file} className={style.download} href={`/api/v1${path}`} download={`${name}.${file}`}>
          {label}
        </a>
      ))}
      <OtherFormats {...{ productId, modelVersionId, name }} />
    </>
  )
}
