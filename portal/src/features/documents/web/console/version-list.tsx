import { useState } from 'react'
import { ProblemNotice } from '#features/accounts/web'
import { fillPath, formatNumber, formatTime } from '#platform/core'
import {
  ActionButton,
  api,
  BottomSheet,
  ConfirmDialog,
  StatusBadge,
  TextField,
  useLanguage,
  useProblem,
  useTexts,
  useTimeZone,
} from '#platform/web'
import { type DocumentDetail, downloadVersion, type ManagedVersion, restoreVersion } from '../../core/index.ts'
import { fileWords } from '../file-words.ts'
import style from './console.module.css'
import { NewVersion } from './new-version.tsx'

interface VersionListProps {
  document: DocumentDetail
  etag: string
  mayWrite: boolean
}

/** The versions of a document, the newest first, with how often each was fetched; a new one is uploaded and an earlier restored here. */
export function VersionList({ document, etag, mayWrite }: VersionListProps) {
  const t = useTexts('documents')
  const { problem, attempt } = useProblem()
  const [adding, setAdding] = useState(false)
  const [restoring, setRestoring] = useState<number | null>(null)
  const [note, setNote] = useState('')
  const restore = async (version: number) => {
    const params = { documentId: document.id, version }
    const done = await attempt(() => api.call(restoreVersion, { params, body: { note }, ifMatch: etag }))
    setRestoring(null)
    if (done) setNote('')
  }
  return (
    <section className={style.card}>
      <div className={style.head}>
        <h2>{t('console.versions')}</h2>
        {mayWrite ? (
          <ActionButton size="small" onClick={() => setAdding(true)}>
            {t('console.newVersion')}
          </ActionButton>
        ) : null}
      </div>
      <ProblemNotice problem={problem} />
      <ol className={style.versions}>
        {document.versions.map(version => (
          <li key={version.version}>
            <Version documentId={document.id} version={version} current={version.version === document.version} />
            {mayWrite && version.version !== document.version && version.file.state !== 'refused' ? (
              <ActionButton
                size="small"
                aria-label={t('console.restoreOf', { version: version.version })}
                onClick={() => setRestoring(version.version)}
              >
                {t('console.restore')}
              </ActionButton>
            ) : null}
          </li>
        ))}
      </ol>
      <BottomSheet open={adding} title={t('console.newVersion')} onClose={() => setAdding(false)}>
        {adding ? <NewVersion documentId={document.id} etag={etag} onDone={() => setAdding(false)} /> : null}
      </BottomSheet>
      <ConfirmDialog
        open={restoring !== null}
        title={t('console.restoreTitle', { version: restoring })}
        action={t('console.restore')}
        onConfirm={() => restoring !== null && void restore(restoring)}
        onClose={() => setRestoring(null)}
      >
        <p>{t('console.restoreHelp')}</p>
        <TextField
          label={t('console.note')}
          optional
          maxLength={500}
          value={note}
          onChange={event => setNote(event.target.value)}
        />
      </ConfirmDialog>
    </section>
  )
}

function Version({ documentId, version, current }: { documentId: string; version: ManagedVersion; current: boolean }) {
  const t = useTexts('documents')
  const language = useLanguage()
  const zone = useTimeZone()
  const { file, note, again, author, at, downloads, lately } = version
  const when = formatTime(at, language, zone)
  const href = `/api/v1${fillPath(downloadVersion.path, { documentId, version: String(version.version) })}`
  return (
    <div className={style.version}>
      <p>
        <strong>{t('version', { version: version.version })}</strong>{' '}
        {current ? <StatusBadge tone="good">{t('console.current')}</StatusBadge> : null}
        {file.state === 'received' ? <StatusBadge tone="waiting">{t('console.waiting')}</StatusBadge> : null}
        {file.state === 'refused' ? <StatusBadge tone="bad">{t('console.refused')}</StatusBadge> : null}
      </p>
      <p>
        {file.state === 'refused' ? file.name : <a href={href}>{file.name}</a>} · {fileWords(file, language)}
      </p>
      {note ? <p>{note}</p> : null}
      <p className={style.muted}>
        {again === null ? '' : `${t('console.again', { version: again })} · `}
        {author ? t('console.by', { name: author, at: when }) : when}
      </p>
      <p className={style.muted}>
        {t('console.downloads')} {formatNumber(downloads, language)} · {t('console.lately')} {formatNumber(lately, language)}
      </p>
    </div>
  )
}
