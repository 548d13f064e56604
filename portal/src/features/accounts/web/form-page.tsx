import type { ReactNode } from 'react'
import { Container } from '#platform/web'
import style from './form-page.module.css'

interface FormPageProps {
  title: string
  lead?: ReactNode
  /** below the form: where else to go */
  foot?: ReactNode
  children: ReactNode
}

/** A page with one form in one column. */
export function FormPage({ title, lead, foot, children }: FormPageProps) {
  return (
    <Container width="form">
      <div className={style.page}>
        <header className={style.head}>
          <h1>{title}</h1>
          {lead ? <p>{lead}</p> : null}
        </header>
        {children}
        {foot ? <footer className={style.foot}>{foot}</footer> : null}
      </div>
    </Container>
  )
}
