import { useState } from 'react'
import type { ControlValue } from '#features/devices/core'
import { EmptyState, useLive, useTexts } from '#platform/web'
import type { Controls } from '../core/index.ts'
import { CommandCards } from './command-cards.tsx'
import style from './controls.module.css'
import { PastControls } from './past-controls.tsx'
import { SettingsForm } from './settings-form.tsx'

type Token = { confirmation?: string }

interface Props {
  deviceId: string
  first: Controls
  /** where it is told that something of the machine changed */
  topic: string
  read(): Promise<Controls>
  change(values: Record<string, ControlValue>, token: Token): Promise<Controls>
  give(command: string, parameters: Record<string, ControlValue>, token: Token): Promise<Controls>
}

/** What can be set on one machine and what it can be told; answers of the machine appear by themselves. */
export function ControlsOfMachine({ deviceId, first, topic, read, change, give }: Props) {
  const t = useTexts('controls')
  const [controls, setControls] = useState(first)
  useLive(topic, id => {
    if (id === null || id === deviceId) void read().then(setControls, () => {}) // the next change tells again
  })
  if (controls.withheld && controls.history.length === 0)
    return <EmptyState title={t('withheld')}>{t('withheldHelp')}</EmptyState>
  if (controls.settings.length === 0 && controls.commands.length === 0 && controls.history.length === 0)
    return <EmptyState title={t('none')}>{t('noneHelp')}</EmptyState>
  return (
    <div className={style.page}>
      {controls.settings.length > 0 ? (
        <SettingsForm settings={controls.settings} change={change} onChanged={setControls} />
      ) : null}
      {controls.commands.length > 0 ? <CommandCards commands={controls.commands} give={give} onGiven={setControls} /> : null}
      <PastControls controls={controls} />
    </div>
  )
}
