import type { ReactNode } from 'react'
import type { Problem } from '#platform/core'
import { useTexts } from '../i18n/index.ts'
import style from './empty-state.module.css'

interface ErrorStateProps {
  /** the problem's own words win over the general ones */
  problem?: Problem | undefined
  /** 404 and 403 have words of their own */
  status?: number
  /** what to do next: links and buttons */
  actions?: ReactNode
  /** a page of its own: the title is the page's heading */
  page?: boolean
}

/** What failed, what is safe, what to do, and the request id to tell us. */
export function ErrorState({ problem, status = problem?.status ?? 500, actions, page = false }: ErrorStateProps) {
  const t = useTexts('platform')
  const Title = page ? 'h1' : 'p'
  const known = status === 404 ? 'notFound' : status === 403 ? 'forbidden' : null
  const words = {
    notFound: [t('error.notFoundTitle'), t('error.notFoundDetail'), t('error.notFoundRemedy')],
    forbidden: [t('error.forbiddenTitle'), t('error.forbiddenDetail'), t('error.forbiddenRemedy')],
    other: [t('error.title'), t('error.detail'), t('error.remedy')],
  }[known ?? 'other']
  // a page that the portal itself refuses is named by the problem: withdrawn, expired
  const title = problem && (!page || (!known && status < 500)) ? problem.title : words[0]
  return (
    <div className={page ? `${style.state} ${style.page}` : style.state} role={page ? undefined : 'alert'}>
      {page ? <title>{title}</title> : null}
      {page ? <p className={style.code}>{status}</p> : null}
      <Title className={page ? undefined : style.title}>{title}</Title>
      <p className={style.text}>{problem?.detail ?? words[1]}</p>
      {known || (problem && status < 500) ? null : <p className={style.text}>{t('error.safe')}</p>}
      <p className={style.text}>{problem?.remedy ?? words[2]}</p>
      {problem?.requestId && !known ? (
        <p className={style.facts}>
          {t('error.requestId')} <code>{problem.requestId}</code>
        </p>
      ) : null}
      {actions ? <div className={style.actions}>{actions}</div> : null}
    </div>
  )
}
