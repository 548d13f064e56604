import { useState } from 'react'
import type { VersionEffect } from '#features/configurator/core'
import { formatTime, pathIn } from '#platform/core'
import {
  ActionButton,
  ActionLink,
  api,
  ConfirmDialog,
  EmptyState,
  useLanguage,
  useProblem,
  useTexts,
  useTimeZone,
} from '#platform/web'
import { type ComparedVersions, type DraftView, discardDraft, type ProductDetail, publishDraft } from '../../core/index.ts'
import style from './console-product-page.module.css'
import { DifferenceList } from './difference-list.tsx'
import { EffectWords } from './effect-words.tsx'
import { Findings } from './findings.tsx'
import { ProblemNotice } from './problem-notice.tsx'
import { DownloadModel } from './product-card.tsx'
import { PublishDialog } from './publish-dialog.tsx'

interface DraftCardProps {
  detail: ProductDetail
  etag: string
  mayWrite: boolean
  /** with the current version; null where there is none */
  compared: ComparedVersions | null
  effect: VersionEffect | null
  /** gone: the product went with its draft */
  onDone(said: string, gone?: boolean): Promise<unknown>
}

/** The model that waits: what the checks found, what it changes, and the ways to look at it, publish it or throw it away. */
export function DraftCard({ detail, ...props }: DraftCardProps) {
  const t = useTexts('products')
  if (!detail.draft)
    return (
      <section className={style.card}>
        <EmptyState title={t('console.draft.none')}>{t('console.draft.noneHelp')}</EmptyState>
      </section>
    )
  return <Draft detail={detail} draft={detail.draft} {...props} />
}

function Draft({ detail, draft, etag, mayWrite, compared, effect, onDone }: DraftCardProps & { draft: DraftView }) {
  const t = useTexts('products')
  const language = useLanguage()
  const zone = useTimeZone()
  const [asking, setAsking] = useState<'publish' | 'discard' | null>(null)
  const [busy, setBusy] = useState(false)
  const { problem, attempt } = useProblem()
  const params = { productId: detail.id }
  const stopped = draft.findings.some(({ severity }) => severity === 'error')
  const warnings = draft.findings.filter(({ severity }) => severity === 'warning').length

  const act = async (work: () => Promise<unknown>, said: string, gone = false) => {
    setBusy(true)
    const done = await attempt(() => work().then(() => true))
    setBusy(false)
    setAsking(null)
    await onDone(done ? said : '', Boolean(done) && gone)
  }
  const publish = (reason: string, acceptWarnings: boolean) =>
    act(
      () => api.call(publishDraft, { params, body: { reason, acceptWarnings }, ifMatch: etag }),
      t('console.draft.published', { version: draft.version }),
    )
  const discard = () =>
    act(() => api.call(discardDraft, { params, ifMatch: etag }), t('console.draft.discarded'), detail.modelVersionId === null)
  return (
    <section className={style.card} aria-labelledby="draft">
      <h2 id="draft">{t('console.draft.title', { version: draft.version })}</h2>
      <p className={style.muted}>
        {t('console.draft.from', { file: draft.fileName, who: draft.author?.name || t('console.history.someone') })} ·{' '}
        <time dateTime={draft.at}>{formatTime(draft.at, language, zone)}</time>
      </p>
      {problem ? <ProblemNotice problem={problem} /> : null}
      <div className={style.actions}>
        {mayWrite ? (
          <ActionButton strength="primary" disabled={stopped || busy} onClick={() => setAsking('publish')}>
            {t('console.draft.publish')}
          </ActionButton>
        ) : null}
        <ActionLink to={pathIn(language, `/preview/${detail.id}`)} reloadDocument>
          {t('console.draft.preview')}
        </ActionLink>
        {mayWrite ? (
          <ActionButton strength="quiet" disabled={busy} onClick={() => setAsking('discard')}>
            {t('console.draft.discard')}
          </ActionButton>
        ) : null}
        <DownloadModel productId={detail.id} modelVersionId={draft.id} name={`${detail.slug}-${draft.version}`} />
      </div>
      <Findings draft={draft} />
      {compared ? (
        <>
          <h3>{t('console.difference.title')}</h3>
          {effect ? <EffectWords effect={effect} /> : null}
          <DifferenceList compared={compared} />
        </>
      ) : null}
      <PublishDialog
        open={asking === 'publish'}
        title={t('console.draft.publishTitle', { name: detail.name[language], version: draft.version })}
        help={t('console.draft.publishHelp')}
        action={t('console.draft.publish')}
        warnings={warnings}
        busy={busy}
        onPublish={publish}
        onClose={() => setAsking(null)}
      />
      <ConfirmDialog
        open={asking === 'discard'}
        title={t('console.draft.discardTitle', { version: draft.version })}
        action={t('console.draft.discard')}
        danger
        busy={busy}
        onConfirm={discard}
        onClose={() => setAsking(null)}
      >
        {detail.modelVersionId === null ? t('console.draft.discardLast') : t('console.draft.discardHelp')}
      </ConfirmDialog>
    </section>
  )
}
