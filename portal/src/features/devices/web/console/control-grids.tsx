import { type FieldMessages, useLanguage, useTexts } from '#platform/web'
import { controllers } from '../../core/index.ts'
import {
  type CommandParameterDraft,
  type ControlDrafts,
  emptyCommand,
  emptyCommandParameter,
  emptySetting,
  errorsInGrids,
  type ParameterDraft,
} from './control-draft.ts'
import { type GridColumn, RowGrid } from './row-grid.tsx'

interface Props {
  drafts: ControlDrafts
  onChange(drafts: ControlDrafts): void
  errors: FieldMessages
  disabled: boolean
}

/** What can be set on machines of the type and what they can be told. */
export function ControlGrids({ drafts, onChange, errors, disabled }: Props) {
  const t = useTexts('devices')
  const language = useLanguage()
  const shared = { errors: errorsInGrids(errors, drafts), disabled }
  const key = { field: 'key', title: t('types.key'), kind: 'key' } as const
  const zh = { field: 'zh', title: t('types.nameZh'), kind: 'name', api: 'name.zh-CN', lang: 'zh-CN' } as const
  const en = { field: 'en', title: t('types.nameEn'), kind: 'name', api: 'name.en', lang: 'en' } as const
  const by = {
    field: 'by',
    title: t('types.by'),
    options: () => controllers.map(value => ({ value, label: t(`types.controllers.${value}`) })),
  } as const
  const confirm = {
    field: 'confirm',
    title: t('types.confirm'),
    options: () => (['false', 'true'] as const).map(value => ({ value, label: t(`types.confirms.${value}`) })),
  } as const
  const values: GridColumn<ParameterDraft>[] = [
    {
      field: 'kind',
      title: t('types.kind'),
      options: () => (['number', 'choice', 'switch'] as const).map(value => ({ value, label: t(`types.kinds.${value}`) })),
    },
    { field: 'unit', title: t('types.unit') },
    { field: 'min', title: t('types.lowest'), kind: 'number' },
    { field: 'max', title: t('types.highest'), kind: 'number' },
    { field: 'choices', title: t('types.choices'), kind: 'key', longest: 1000 },
  ]
  const commandNames = () =>
    drafts.commands.map(one => ({ value: one.id, label: (language === 'en' ? one.en : one.zh) || one.key }))
  return (
    <>
      <RowGrid
        {...shared}
        title={t('types.settings')}
        help={t('types.settingsHelp')}
        list="settings"
        add={t('types.addSetting')}
        make={emptySetting}
        rows={drafts.settings}
        onChange={settings => onChange({ ...drafts, settings })}
        columns={[key, zh, en, ...values, by, confirm]}
      />
      <RowGrid
        {...shared}
        title={t('types.commands')}
        help={t('types.commandsHelp')}
        list="commands"
        add={t('types.addCommand')}
        make={emptyCommand}
        rows={drafts.commands}
        onChange={commands =>
          onChange({
            ...{ ...drafts, commands },
            parameters: drafts.parameters.filter(({ of }) => commands.some(({ id }) => id === of)),
          })
        }
        columns={[key, zh, en, by, confirm]}
      />
      {drafts.commands.length > 0 ? (
        <RowGrid<CommandParameterDraft>
          {...shared}
          title={t('types.parameters')}
          help={t('types.parametersHelp')}
          list="parameters"
          add={t('types.addParameter')}
          make={id => emptyCommandParameter(id, drafts.commands[0]!.id)}
          rows={drafts.parameters}
          onChange={parameters => onChange({ ...drafts, parameters })}
          columns={[{ field: 'of', title: t('types.ofCommand'), options: commandNames }, key, zh, en, ...values]}
        />
      ) : null}
    </>
  )
}
