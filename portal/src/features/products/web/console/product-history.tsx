import { useState } from 'react'
import { ActionButton, api, Timeline, useProblem, useTexts, useTimeZone } from '#platform/web'
import { type HistoryEntry, type ProductDetail, publishAgain } from '../../core/index.ts'
import style from './console-product-page.module.css'
import { ProblemNotice } from './problem-notice.tsx'
import { DownloadModel } from './product-card.tsx'
import { PublishDialog } from './publish-dialog.tsx'

interface ProductHistoryProps {
  detail: ProductDetail
  etag: string
  mayWrite: boolean
  onDone(said: string): Promise<unknown>
}

/** Who did what to the product and its model, when and why, newest first; an earlier version can be published again from here. */
export function ProductHistory({ detail, etag, mayWrite, onDone }: ProductHistoryProps) {
  const t = useTexts('products')
  const zone = useTimeZone()
  const [again, setAgain] = useState<HistoryEntry | null>(null)
  const [busy, setBusy] = useState(false)
  const { problem, attempt } = useProblem()
  const publish = async (reason: string) => {
    const modelVersionId = again?.modelVersionId
    if (!modelVersionId) return
    setBusy(true)
    const product = await attempt(() =>
      api.call(publishAgain, { params: { productId: detail.id, modelVersionId }, body: { reason }, ifMatch: etag }),
    )
    setBusy(false)
    setAgain(null)
    await onDone(product ? t('console.draft.published', { version: product.version }) : '')
  }
  return (
    <section className={style.card} aria-labelledby="history">
      <h2 id="history">{t('console.history.title')}</h2>
      {problem ? <ProblemNotice problem={problem} /> : null}
      <Timeline
        zone={zone}
        entries={detail.history.map(entry => ({
          id: entry.id,
          at: entry.at,
          title: (
            <EntryTitle entry={entry} current={entry.modelVersionId !== null && entry.modelVersionId === detail.modelVersionId} />
          ),
          body: <EntryBody {...{ entry, detail }} onAgain={mayWrite ? () => setAgain(entry) : null} />,
          strong: entry.kind === 'published',
        }))}
      />
      <PublishDialog
        key={again?.id}
        open={again !== null}
        title={t('console.history.publishAgainTitle', { version: again?.version })}
        help={t('console.history.publishAgainHelp')}
        action={t('console.history.publishAgain')}
        warnings={0}
        busy={busy}
        onPublish={publish}
        onClose={() => setAgain(null)}
      />
    </section>
  )
}

function EntryTitle({
  entry: { kind, author, version, fileName, status, again },
  current,
}: {
  entry: HistoryEntry
  current: boolean
}) {
  const t = useTexts('products')
  const who = author?.name || t('console.history.someone')
  switch (kind) {
    case 'imported':
      return t('console.history.imported', { who, version, file: fileName })
    case 'discarded':
      return t('console.history.discarded', { who, version })
    case 'status':
      return t('console.history.status', { who, status: t(`status.${status ?? 'draft'}`) })
    case 'published':
      return (
        <>
          {again ? t('console.history.again', { who, version, again }) : t('console.history.published', { who, version })}
          {current ? <span className={style.flag}>{t('console.history.current')}</span> : null}
        </>
      )
  }
}

interface EntryBodyProps {
  entry: HistoryEntry
  detail: ProductDetail
  onAgain: (() => void) | null
}

function EntryBody({ entry, detail, onAgain }: EntryBodyProps) {
  const t = useTexts('products')
  const { modelVersionId, reason, version } = entry
  return (
    <>
      {reason ? <p className={style.reason}>{reason}</p> : null}
      {modelVersionId ? (
        <div className={style.actions}>
          <DownloadModel productId={detail.id} modelVersionId={modelVersionId} name={`${detail.slug}-${version}`} />
          {onAgain && modelVersionId !== detail.modelVersionId ? (
            <ActionButton size="small" strength="quiet" onClick={onAgain}>
              {t('console.history.publishAgain')}
            </ActionButton>
          ) : null}
        </div>
      ) : null}
    </>
  )
}
