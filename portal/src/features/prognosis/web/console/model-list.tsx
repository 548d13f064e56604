import { useState } from 'react'
import { useRevalidator } from 'react-router'
import { ProblemNotice } from '#features/accounts/web'
import { formatDay, formatNumber, formatTime } from '#platform/core'
import {
  ActionButton,
  api,
  Choice,
  ChoiceGroup,
  DescriptionList,
  Notice,
  StatusBadge,
  type Tone,
  useLanguage,
  useProblem,
  useTexts,
  useTimeZone,
} from '#platform/web'
import {
  activateModel,
  cancelTraining,
  type LifeModelView,
  type PartDetail,
  rollBackModel,
  trainModel,
} from '../../core/index.ts'
import { useSpans } from '../spans.ts'
import style from './models.module.css'

const tones: Record<LifeModelView['status'], Tone> = {
  training: 'active',
  accepted: 'good',
  refused: 'warn',
  failed: 'bad',
  cancelled: 'neutral',
}

/** Versions of a model, newest first, with training, activating and rolling back. */
export function ModelList({ part }: { part: PartDetail }) {
  const t = useTexts('prognosis')
  const language = useLanguage()
  const { revalidate } = useRevalidator()
  const { problem, attempt } = useProblem()
  const [settings, setSettings] = useState<string[]>([])
  const { typeId, failures, needed, models, running, metrics } = part
  const params = { typeId, component: part.component.key }
  const act = async (call: () => Promise<unknown>) => {
    await attempt(call)
    await revalidate()
  }
  const isTraining = models.some(({ status }) => status === 'training')
  return (
    <section className={style.section}>
      <h2>{t('desk.models')}</h2>
      <ProblemNotice problem={problem} />
      {failures < needed ? (
        <Notice tone="info">{t('desk.need', { needed, failures })}</Notice>
      ) : (
        <ChoiceGroup title={t('desk.settings')}>
          <p className={style.muted}>{t('desk.settingsHelp')}</p>
          {metrics.map(({ key, name }) => (
            <Choice
              type="checkbox"
              key={key}
              label={name[language]}
              checked={settings.includes(key)}
              onChange={event => setSettings(event.target.checked ? [...settings, key] : settings.filter(one => one !== key))}
            />
          ))}
        </ChoiceGroup>
      )}
      <div className={style.actions}>
        {failures < needed ? null : (
          <ActionButton
            strength="primary"
            disabled={isTraining}
            onClick={() => void act(() => api.call(trainModel, { params, body: { settings } }))}
          >
            {t('desk.train')}
          </ActionButton>
        )}
        {running === null ? null : (
          <ActionButton onClick={() => void act(() => api.call(rollBackModel, { params }))}>{t('desk.rollBack')}</ActionButton>
        )}
      </div>
      {models.length === 0 ? <p className={style.muted}>{t('desk.modelsNone')}</p> : null}
      <ul className={style.models}>
        {models.map(model => (
          <li className={style.model} key={model.id}>
            <Model model={model} />
            <div className={style.actions}>
              {model.status === 'training' ? (
                <ActionButton
                  size="small"
                  onClick={() => void act(() => api.call(cancelTraining, { params: { modelId: model.id } }))}
                >
                  {t('desk.cancel')}
                </ActionButton>
              ) : null}
              {model.status === 'accepted' && !model.running ? (
                <ActionButton
                  size="small"
                  onClick={() => void act(() => api.call(activateModel, { params: { modelId: model.id } }))}
                >
                  {t('desk.activate')}
                </ActionButton>
              ) : null}
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Model({ model }: { model: LifeModelView }) {
  const t = useTexts('prognosis')
  const language = useLanguage()
  const zone = useTimeZone()
  const { number, status, progress, judgement, reasons, running } = model
  const day = (at: string | null) => (at ? formatDay(at.slice(0, 10), language) : '–')
  return (
    <>
      <header className={style.head}>
        <h3>{t('desk.version', { number })}</h3>
        <StatusBadge tone={tones[status]}>{t(`desk.status.${status}`)}</StatusBadge>
        {running ? <StatusBadge tone="good">{t('desk.active')}</StatusBadge> : null}
      </header>
      {status === 'training' ? <progress aria-label={t('desk.progress')} max={1} value={progress} /> : null}
      {reasons.length > 0 ? (
        <ul>
          {reasons.map(reason => (
            <li key={reason}>{t(`desk.reasons.${reason}`)}</li>
          ))}
        </ul>
      ) : null}
      {judgement ? <Judged judgement={judgement} /> : null}
      <p className={style.muted}>
        {t('desk.provenance', {
          ...{ lives: formatNumber(model.lives ?? 0, language), failures: formatNumber(model.failures ?? 0, language) },
          ...{ from: day(model.dataFrom), until: day(model.dataUntil), seed: model.seed },
          ...{ by: model.begunBy ?? t('desk.nobody'), at: formatTime(model.begunAt, language, zone) },
        })}
      </p>
    </>
  )
}

function Judged({ judgement }: { judgement: NonNullable<LifeModelView['judgement']> }) {
  const t = useTexts('prognosis')
  const language = useLanguage()
  const span = useSpans()
  const percent = (share: number) => `${formatNumber(100 * share, language, 0)} %`
  const { error, naiveError, runningError, coverage, width, plainCoverage, plainWidth } = judgement
  return (
    <>
      <DescriptionList
        numeric
        items={[
          { term: t('desk.error'), value: span(error) },
          { term: t('desk.naive'), value: span(naiveError) },
          ...(runningError === null ? [] : [{ term: t('desk.runningError'), value: span(runningError) }]),
          { term: t('desk.coverage'), value: percent(coverage) },
          { term: t('desk.width'), value: span(width) },
        ]}
      />
      <p className={style.muted}>{t('desk.plain', { coverage: percent(plainCoverage), width: span(plainWidth) })}</p>
    </>
  )
}
