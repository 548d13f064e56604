import { ProblemNotice, useEntry } from '#features/accounts/web'
import type { CallInput } from '#platform/core'
import { ActionButton, type FieldMessages, SelectField, TextAreaField, TextField, useTexts } from '#platform/web'
import { type changeServiceRequest, type DeskRequest, mayMove, serviceStatuses } from '../../core/index.ts'
import style from '../maintenance.module.css'
import { partLines, partOf, writtenParts } from './part-lines.ts'

interface HandleFormProps {
  request: DeskRequest
  saved: boolean
  send(change: CallInput<typeof changeServiceRequest>['body']): Promise<void>
}

/** Moves a request on, gives it to somebody, agrees a visit, and says what was done. */
export function HandleForm({ request, saved, send }: HandleFormProps) {
  const t = useTexts('advisory')
  const { status, assignee, assignees, visitAt, result, parts } = request
  const entry = useEntry(
    (typed): FieldMessages => {
      const line = partLines(typed.text('parts')).findIndex(one => partOf(one) === null)
      return line < 0 ? {} : { parts: t('editor.partsWrong', { line: line + 1 }) }
    },
    typed => {
      const visit = typed.text('visitAt')
      const to = serviceStatuses.find(one => one === typed.text('status'))
      return send({
        ...(to && to !== status ? { status: to } : {}),
        assigneeId: typed.text('assigneeId') || null,
        visitAt: visit ? new Date(visit).toISOString() : null,
        result: typed.text('result'),
        parts: partLines(typed.text('parts')).flatMap(one => partOf(one) ?? []),
      })
    },
  )
  return (
    <form className={style.card} method="post" noValidate onSubmit={entry.onSubmit}>
      <h2>{t('serviceDesk.handle')}</h2>
      <ProblemNotice problem={entry.problem} />
      <SelectField
        label={t('serviceDesk.status')}
        name="status"
        defaultValue={status}
        error={entry.errors.status}
        options={serviceStatuses
          .filter(to => to === status || mayMove(status, to, 'staff'))
          .map(value => ({ value, label: t(`service.status.${value}`) }))}
      />
      <SelectField
        label={t('serviceDesk.assignee')}
        name="assigneeId"
        defaultValue={assignee?.id ?? ''}
        error={entry.errors.assigneeId}
        options={[
          { value: '', label: t('serviceDesk.unassigned') },
          ...assignees.map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
      <TextField
        label={t('service.visitAt')}
        name="visitAt"
        type="datetime-local"
        optional
        help={t('serviceDesk.visitHelp')}
        defaultValue={visitAt ? localTime(visitAt) : ''}
        suppressHydrationWarning
        error={entry.errors.visitAt}
      />
      <TextAreaField
        label={t('service.result')}
        name="result"
        optional
        rows={4}
        maxLength={4000}
        help={t('serviceDesk.resultHelp')}
        defaultValue={result}
        error={entry.errors.result}
      />
      <TextAreaField
        label={t('service.parts')}
        name="parts"
        optional
        rows={3}
        spellCheck={false}
        help={t('editor.partsHelp')}
        defaultValue={writtenParts(parts)}
        error={entry.errors.parts}
      />
      <div className={style.actions}>
        <ActionButton type="submit" strength="primary" disabled={entry.busy}>
          {t('serviceDesk.save')}
        </ActionButton>
        <span role="status">{saved ? t('serviceDesk.saved') : ''}</span>
      </div>
    </form>
  )
}

/** As the field of the browser writes it, in the reader's own zone. */
function localTime(at: string): string {
  const moment = new Date(at)
  return new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}
