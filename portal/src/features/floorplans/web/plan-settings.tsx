import { useState } from 'react'
import { useNavigate, useRevalidator } from 'react-router'
import { ProblemNotice, useEntry } from '#features/accounts/web'
import { formatBytes, pathIn } from '#platform/core'
import {
  ActionButton,
  ActionFile,
  acceptedPictures,
  api,
  ConfirmDialog,
  Notice,
  useLanguage,
  useProblem,
  useTexts,
} from '#platform/web'
import {
  changeFloorPlan,
  type FloorPlan,
  mostPictureBytes,
  removeFloorPlan,
  removeFloorPlanPicture,
  uploadFloorPlanPicture,
} from '../core/index.ts'
import style from './edit-plan.module.css'
import { fieldsIn, missingIn, PlanFields } from './plan-fields.tsx'

/** What a plan is called, how large its hall is, the drawing below it, and its end. */
export function PlanSettings({ plan }: { plan: FloorPlan }) {
  const t = useTexts('floorplans')
  const { revalidate } = useRevalidator()
  const entry = useEntry(
    typed => missingIn(typed, t),
    async typed => {
      await api.call(changeFloorPlan, { params: { planId: plan.id }, body: fieldsIn(typed), ifMatch: String(plan.revision) })
      await revalidate()
    },
  )
  return (
    <section className={style.settings}>
      <h2>{t('editing.settings')}</h2>
      <div className={style.columns}>
        <form className={style.form} method="post" noValidate onSubmit={entry.onSubmit} key={plan.picture?.hash ?? plan.depth}>
          <ProblemNotice problem={entry.problem} />
          <PlanFields plan={plan} errors={entry.errors} />
          <ActionButton type="submit" disabled={entry.busy}>
            {t('editing.save')}
          </ActionButton>
        </form>
        <div className={style.form}>
          <Drawing plan={plan} />
          <Removal plan={plan} />
        </div>
      </div>
    </section>
  )
}

function Drawing({ plan: { id: planId, picture } }: { plan: FloorPlan }) {
  const t = useTexts('floorplans')
  const language = useLanguage()
  const { revalidate } = useRevalidator()
  const { problem, attempt, clear } = useProblem()
  const [busy, setBusy] = useState(false)
  const [tooLarge, setTooLarge] = useState<number | null>(null)
  const doing = async (work: () => Promise<unknown>) => {
    setBusy(true)
    clear()
    setTooLarge(null)
    await attempt(work)
    setBusy(false)
    await revalidate()
  }
  const upload = (file: File) => {
    if (file.size > mostPictureBytes) setTooLarge(file.size)
    else void doing(() => api.call(uploadFloorPlanPicture, { params: { planId }, body: { name: file.name, content: file } }))
  }
  return (
    <div className={style.picture}>
      <h3>{t('picture.title')}</h3>
      <p className={style.help}>{t('picture.help', { size: formatBytes(mostPictureBytes, language) })}</p>
      <p className={style.help}>{t('picture.seen')}</p>
      {picture ? null : <p className={style.help}>{t('picture.none')}</p>}
      {tooLarge === null ? null : (
        <Notice tone="bad" live title={t('picture.tooLarge', { size: formatBytes(tooLarge, language) })} />
      )}
      <ProblemNotice problem={problem} />
      <div className={style.actions}>
        <ActionFile accept={acceptedPictures} disabled={busy} onFile={upload}>
          {t(busy ? 'picture.uploading' : picture ? 'picture.replace' : 'picture.upload')}
        </ActionFile>
        {picture ? (
          <ActionButton
            strength="quiet"
            disabled={busy}
            onClick={() => void doing(() => api.call(removeFloorPlanPicture, { params: { planId } }))}
          >
            {t('picture.remove')}
          </ActionButton>
        ) : null}
      </div>
    </div>
  )
}

function Removal({ plan: { id: planId, name } }: { plan: FloorPlan }) {
  const t = useTexts('floorplans')
  const language = useLanguage()
  const navigate = useNavigate()
  const { problem, attempt } = useProblem()
  const [asked, setAsked] = useState(false)
  const remove = async () => {
    setAsked(false)
    const done = await attempt(async () => {
      await api.call(removeFloorPlan, { params: { planId } })
      return true
    })
    if (done) await navigate(pathIn(language, '/account/machines/plan'))
  }
  return (
    <div className={style.picture}>
      <ProblemNotice problem={problem} />
      <ActionButton strength="quiet" onClick={() => setAsked(true)}>
        {t('removal.action')}
      </ActionButton>
      <ConfirmDialog
        open={asked}
        title={t('removal.title', { name })}
        action={t('removal.action')}
        danger
        onConfirm={() => void remove()}
        onClose={() => setAsked(false)}
      >
        {t('removal.help')}
      </ConfirmDialog>
    </div>
  )
}
