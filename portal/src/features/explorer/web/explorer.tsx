import { useEffect, useState, useSyncExternalStore } from 'react'
import { ActionButton, Notice, useTexts } from '#platform/web'
import type { Stage } from '../core/index.ts'
import style from './explorer.module.css'
import { explorerClient } from './explorer-client.ts'
import { ModelRoom } from './model-room.tsx'
import { OpenFile } from './open-file.tsx'
import { Refused } from './refused.tsx'

/** From a file to a model that can be clicked through, or what is wrong with it. */
export function Explorer() {
  const [client] = useState(explorerClient)
  const shown = useSyncExternalStore(client.subscribe, client.shown, client.shown)
  useEffect(() => client.close, [client])
  switch (shown.phase) {
    case 'empty':
      return <OpenFile onFile={client.open} />
    case 'opening':
      return <Opening file={shown.file} stage={shown.stage} onStop={client.close} />
    case 'refused':
      return <Refused file={shown.file} errors={shown.errors} onOther={client.close} />
    case 'open':
      return <ModelRoom model={shown} client={client} />
  }
}

const stages: readonly Stage[] = ['reading', 'checking', 'looking']

function Opening({ file, stage, onStop }: { file: string; stage: Stage; onStop(): void }) {
  const t = useTexts('explorer')
  const [seconds, setSeconds] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => setSeconds(before => before + 1), 1000)
    return () => clearInterval(timer)
  }, [])
  return (
    <Notice title={t('opening.title', { file })} live>
      <ol className={style.stages}>
        {stages.map(one => (
          <li key={one} aria-current={one === stage ? 'step' : undefined}>
            {t(`opening.${one}`)}
          </li>
        ))}
      </ol>
      <div className={style.toolbar}>
        <ActionButton size="small" onClick={onStop}>
          {t('opening.stop')}
        </ActionButton>
        <span className={style.faint} aria-hidden="true">
          {seconds > 0 ? t('opening.seconds', { count: seconds }) : null}
        </span>
      </div>
    </Notice>
  )
}
