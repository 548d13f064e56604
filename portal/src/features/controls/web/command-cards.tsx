import { useState } from 'react'
import { ProblemNotice, useConfirmed } from '#features/accounts/web'
import type { ControlValue } from '#features/devices/core'
import { ActionButton, ConfirmDialog, useLanguage, useProblem, useTexts } from '#platform/web'
import type { Controls, ShownCommand } from '../core/index.ts'
import style from './controls.module.css'
import { typedValue } from './typed-value.ts'
import { ValueField } from './value-field.tsx'

export interface CommandCardsProps {
  commands: readonly ShownCommand[]
  give(command: string, parameters: Record<string, ControlValue>, token: { confirmation?: string }): Promise<Controls>
  onGiven(controls: Controls): void
}

/** What the machine can be told, each asked once more before it is. */
export function CommandCards({ commands, give, onGiven }: CommandCardsProps) {
  const t = useTexts('controls')
  const { confirmed, dialog } = useConfirmed()
  const { problem, attempt } = useProblem()
  const [said, setSaid] = useState('')
  const run = async (command: ShownCommand, parameters: Record<string, ControlValue>) => {
    setSaid('')
    const done = await attempt(() => confirmed(token => give(command.key, parameters, token)))
    if (!done) return
    setSaid(t('given'))
    onGiven(done)
  }
  return (
    <section className={style.section}>
      <h2>{t('commands')}</h2>
      <p className={style.muted}>{t('commandsHelp')}</p>
      <ProblemNotice problem={problem} />
      <ul className={style.commands}>
        {commands.map(command => (
          <CommandCard key={command.key} command={command} onRun={parameters => run(command, parameters)} />
        ))}
      </ul>
      <p role="status">{said}</p>
      {dialog}
    </section>
  )
}

function CommandCard({
  command,
  onRun,
}: {
  command: ShownCommand
  onRun(parameters: Record<string, ControlValue>): Promise<void>
}) {
  const t = useTexts('controls')
  const language = useLanguage()
  const { name, parameters, mine, confirm } = command
  const [asks, setAsks] = useState(false)
  const [typed, setTyped] = useState(() => Object.fromEntries(parameters.map(one => [one.key, firstOf(one)])))
  const [wrong, setWrong] = useState<Record<string, string>>({})
  const values = parameters.map(parameter => [parameter, typedValue(parameter, typed[parameter.key]!)] as const)
  const begin = () => {
    const mistakes = values.filter(([, value]) => value === undefined)
    setWrong(Object.fromEntries(mistakes.map(([{ key, min, max }]) => [key, t('numberWanted', { min: min!, max: max! })])))
    if (mistakes.length === 0) setAsks(true)
  }
  return (
    <li className={style.command}>
      <div className={style.stack}>
        <h3>{name[language]}</h3>
        {confirm && mine ? <small className={style.muted}>{t('dangerous')}</small> : null}
      </div>
      {mine
        ? parameters.map(parameter => (
            <ValueField
              key={parameter.key}
              parameter={parameter}
              label={parameter.name[language]}
              value={typed[parameter.key]!}
              error={wrong[parameter.key]}
              onChange={value => setTyped({ ...typed, [parameter.key]: value })}
            />
          ))
        : null}
      {mine ? (
        <div className={style.actions}>
          <ActionButton aria-label={`${t('give')}: ${name[language]}`} onClick={begin}>
            {t('give')}
          </ActionButton>
        </div>
      ) : (
        <span className={style.muted}>{t('onlyOthers')}</span>
      )}
      <ConfirmDialog
        open={asks}
        title={t('giveTitle', { name: name[language] })}
        action={t('give')}
        onConfirm={() => {
          setAsks(false)
          void onRun(Object.fromEntries(values.map(([{ key }, value]) => [key, value!])))
        }}
        onClose={() => setAsks(false)}
      >
        {t('giveHelp')}
      </ConfirmDialog>
    </li>
  )
}

const firstOf = ({ kind, choices, min }: ShownCommand['parameters'][number]): string =>
  kind === 'number' ? String(min) : kind === 'switch' ? 'true' : (choices[0]?.key ?? '')
