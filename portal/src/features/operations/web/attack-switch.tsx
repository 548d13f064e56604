import { useState } from 'react'
import { ProblemNotice, useConfirmed } from '#features/accounts/web'
import { type AttackModeName, attackModes } from '#platform/core'
import { ActionButton, api, Choice, ChoiceGroup, Notice, useProblem, useTexts } from '#platform/web'
import { switchAttackMode } from '../core/index.ts'
import style from './health-page.module.css'

/** The switch of the stricter mode; what it is set to takes a second confirmation. */
export function AttackSwitch({ mode, onDone }: { mode: AttackModeName; onDone(): Promise<void> }) {
  const t = useTexts('operations')
  const { problem, attempt } = useProblem()
  const { confirmed, dialog } = useConfirmed()
  const [wish, setWish] = useState<AttackModeName | null>(null)
  const [done, setDone] = useState(false)
  const chosen = wish ?? mode
  const apply = () =>
    attempt(async () => {
      const set = await confirmed(token => api.call(switchAttackMode, { body: { mode: chosen }, ...token }))
      if (!set) return
      await onDone()
      setWish(null)
      setDone(true)
    })
  return (
    <div className={style.attack}>
      <ChoiceGroup title={t('attack.legend')}>
        {attackModes.map(one => (
          <Choice
            key={one}
            type="radio"
            name="attack-mode"
            checked={chosen === one}
            onChange={() => {
              setWish(one)
              setDone(false)
            }}
            label={t(`attack.${one}`)}
            help={t(`attack.${one}Help`)}
          />
        ))}
      </ChoiceGroup>
      <p>{t('attack.what')}</p>
      {chosen === mode ? null : (
        <ActionButton size="small" onClick={apply}>
          {t('attack.set')}
        </ActionButton>
      )}
      {done ? <Notice tone="good" live title={t('attack.done')} /> : null}
      <ProblemNotice problem={problem} />
      {dialog}
    </div>
  )
}
