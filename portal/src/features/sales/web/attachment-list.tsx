import { formatBytes } from '#platform/core'
import { StatusBadge, type Tone, useLanguage, useTexts } from '#platform/web'
import type { Attachment } from '../core/index.ts'
import style from './attachment-list.module.css'

interface AttachmentListProps {
  files: readonly Attachment[]
  /** address of the file; '?preview=true' behind it is its small picture */
  href(fileId: string): string
  /** sales sees whether each file was scanned; a visitor only what keeps his from being had */
  scans: boolean
}

/** Files with size, kind and what the virus scanner said; pictures are shown small, everything is saved and never opened here. */
export function AttachmentList({ files, href, scans }: AttachmentListProps) {
  const t = useTexts('sales')
  const language = useLanguage()
  return (
    <ul className={style.list}>
      {files.map(({ id, name, kind, bytes, state, preview }) => {
        const ready = state === 'clean' || state === 'unscanned'
        return (
          <li key={id} className={style.file}>
            {preview && ready ? (
              <img className={style.picture} src={`${href(id)}?preview=true`} alt="" width={64} height={64} loading="lazy" />
            ) : (
              <span className={style.kind} aria-hidden="true">
                {kind === 'text' ? 'TXT' : kind.toUpperCase()}
              </span>
            )}
            <div className={style.facts}>
              {ready ? (
                <a className={style.name} href={href(id)} download={name}>
                  {name}
                </a>
              ) : (
                <span className={style.name}>{name}</span>
              )}
              <span className={style.size}>
                {t(`attachments.kind.${kind}`)} · {formatBytes(bytes, language)}
              </span>
              {scans || !ready ? <StatusBadge tone={tones[state]}>{t(`attachments.state.${state}`)}</StatusBadge> : null}
            </div>
          </li>
        )
      })}
    </ul>
  )
}

const tones: Record<Attachment['state'], Tone> = { received: 'waiting', clean: 'good', unscanned: 'neutral', refused: 'bad' }
