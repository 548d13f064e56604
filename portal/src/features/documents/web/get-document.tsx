import { fillPath, pathIn } from '#platform/core'
import { ActionLink, useLanguage, useTexts } from '#platform/web'
import { downloadDocument, type OfferedDocument } from '../core/index.ts'
import { LockSign } from './lock-sign.tsx'

export const fileAddress = (documentId: string): string => `/api/v1${fillPath(downloadDocument.path, { documentId })}`

type Getting = Pick<OfferedDocument, 'id' | 'title' | 'file'> & { locked?: boolean }

/** The way to a file: to download it, or to sign in first. */
export function GetDocument({ document, large = false }: { document: Getting; large?: boolean }) {
  const t = useTexts('documents')
  const language = useLanguage()
  const { id, title, file, locked = false } = document
  const look = large ? ({ strength: 'primary' } as const) : ({ size: 'small' } as const)
  if (locked)
    return (
      <ActionLink
        {...look}
        reloadDocument
        to={`${pathIn(language, '/sign-in')}?next=${encodeURIComponent(pathIn(language, `/downloads/${id}`))}`}
        aria-label={t('signInOf', { title: title[language] })}
      >
        <LockSign /> {t('signIn')}
      </ActionLink>
    )
  if (file.state === 'received') return <small>{t('waiting')}</small>
  return (
    <ActionLink {...look} reloadDocument to={fileAddress(id)} aria-label={t('downloadOf', { title: title[language] })}>
      {t('download')}
    </ActionLink>
  )
}
