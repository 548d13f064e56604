import { type ReactNode, useState } from 'react'
import { ActionButton, Notice, useTexts } from '#platform/web'
import type { IssuedClaimCode } from '../core/index.ts'
import style from './machines.module.css'

interface CodeOnceProps {
  issued: IssuedClaimCode
  title: string
  /** what else can be done with it while it is known */
  children?: ReactNode
  onDone(): void
}

/** The only time a code is shown: its link to copy, and the code itself to read out. */
export function CodeOnce({ issued, title, children, onDone }: CodeOnceProps) {
  const t = useTexts('devices')
  const [told, setTold] = useState('')
  const copy = () =>
    navigator.clipboard.writeText(issued.address).then(
      () => setTold(t('once.copied')),
      () => setTold(t('once.copyFailed')), // the browser does not let us
    )
  return (
    <div className={style.once}>
      <Notice tone="warn" title={title}>
        <p>{t('once.help')}</p>
      </Notice>
      <dl className={style.secret}>
        <dt>{t('once.address')}</dt>
        <dd>
          <code data-claim-address>{issued.address}</code>
        </dd>
        <dt>{t('once.code')}</dt>
        <dd>
          <code>{issued.code}</code>
        </dd>
      </dl>
      <div className={style.actions}>
        {children}
        <ActionButton onClick={() => void copy()}>{t('once.copy')}</ActionButton>
        <ActionButton strength="quiet" onClick={onDone}>
          {t('once.done')}
        </ActionButton>
        <span role="status">{told}</span>
      </div>
    </div>
  )
}
