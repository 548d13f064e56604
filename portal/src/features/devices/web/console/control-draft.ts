import type { CallInput } from '#platform/core'
import type { Controller, changeDeviceType, DeviceTypeDetail, Parameter } from '../../core/index.ts'

type TypeBody = CallInput<typeof changeDeviceType>['body']

/** A setting, or a parameter of a command, as it is typed into a row. id: of the row, for React */
export interface ParameterDraft {
  id: string
  key: string
  zh: string
  en: string
  kind: Parameter['kind']
  unit: string
  min: string
  max: string
  /** eco = 节能 / Eco; fast = 高速 / Fast */
  choices: string
}

export interface SettingDraft extends ParameterDraft {
  by: Controller
  confirm: 'true' | 'false'
}

export interface CommandDraft {
  id: string
  key: string
  zh: string
  en: string
  by: Controller
  confirm: 'true' | 'false'
}

/** of: id of the row of its command */
export interface CommandParameterDraft extends ParameterDraft {
  of: string
}

export interface ControlDrafts {
  settings: SettingDraft[]
  commands: CommandDraft[]
  parameters: CommandParameterDraft[]
}

const emptyParameter = (id: string): ParameterDraft => ({
  ...{ id, key: '', zh: '', en: '', kind: 'number', unit: '', min: '0', max: '100', choices: '' },
})
export const emptySetting = (id: string): SettingDraft => ({ ...emptyParameter(id), by: 'owner', confirm: 'false' })
export const emptyCommand = (id: string): CommandDraft => ({ id, key: '', zh: '', en: '', by: 'owner', confirm: 'true' })
export const emptyCommandParameter = (id: string, of: string): CommandParameterDraft => ({ ...emptyParameter(id), of })

export const controlDrafts = (type?: DeviceTypeDetail): ControlDrafts => ({
  settings: (type?.settings ?? []).map(({ by, confirm, ...setting }) => ({
    ...{ ...parameterDraft(setting.key, setting), by, confirm: confirm ? 'true' : 'false' },
  })),
  commands: (type?.commands ?? []).map(({ key, name, by, confirm }) => ({
    ...{ id: key, key, zh: name['zh-CN'], en: name.en, by, confirm: confirm ? 'true' : 'false' },
  })),
  parameters: (type?.commands ?? []).flatMap(({ key, parameters }) =>
    parameters.map(parameter => ({ ...parameterDraft(`${key} ${parameter.key}`, parameter), of: key })),
  ),
})

const parameterDraft = (id: string, { key, name, kind, unit, min, max, choices }: Parameter): ParameterDraft => ({
  ...{ id, key, zh: name['zh-CN'], en: name.en, kind, unit, min: min?.toString() ?? '', max: max?.toString() ?? '' },
  choices: choices.map(one => `${one.key} = ${one.name['zh-CN']} / ${one.name.en}`).join('; '),
})

/** Parameters of one command with the place they have in the list of all. */
const parametersOf = ({ parameters }: ControlDrafts, { id }: CommandDraft) =>
  parameters.flatMap((row, at) => (row.of === id ? [{ row, at }] : []))

/** Fields in which something stands that is no number, as the grids name them. */
export function wrongControls({ settings, parameters }: ControlDrafts): string[] {
  const wrong = (list: string, rows: readonly ParameterDraft[]) =>
    rows.flatMap((row, at) =>
      (['min', 'max'] as const)
        .filter(field => row.kind === 'number' && (row[field].trim() === '' || !Number.isFinite(Number(row[field]))))
        .map(field => `${list}.${at}.${field}`),
    )
  return [...wrong('settings', settings), ...wrong('parameters', parameters)]
}

/** What was typed, as the API takes it. */
export const controlsOf = (drafts: ControlDrafts): Pick<TypeBody, 'settings' | 'commands'> => ({
  settings: drafts.settings.map(({ by, confirm, ...row }) => ({ ...parameterOf(row), by, confirm: confirm === 'true' })),
  commands: drafts.commands.map(({ id, key, zh, en, by, confirm }) => ({
    ...{ key, name: { 'zh-CN': zh, en }, by, confirm: confirm === 'true' },
    parameters: drafts.parameters.filter(({ of }) => of === id).map(({ of, ...row }) => parameterOf(row)),
  })),
})

const parameterOf = ({ key, zh, en, kind, unit, min, max, choices }: ParameterDraft) => ({
  ...{ key, name: { 'zh-CN': zh, en }, kind, unit },
  ...(kind === 'number' ? { min: Number(min), max: Number(max) } : {}),
  choices: kind === 'choice' ? choicesOf(choices) : [],
})

const choicesOf = (text: string) =>
  text
    .split(/[;；]/)
    .map(part => part.trim())
    .filter(Boolean)
    .map(part => {
      const [key = '', names = ''] = part.split('=').map(one => one.trim())
      const [zh = '', en = ''] = names.split('/').map(one => one.trim())
      return { key, name: { 'zh-CN': zh || key, en: en || zh || key } }
    })

/** What the API says is wrong, by the names of the grids: parameters stand in a list of their own, choices in one field. */
export function errorsInGrids(errors: Readonly<Record<string, string>>, drafts: ControlDrafts): Record<string, string> {
  return Object.fromEntries(
    Object.entries(errors).map(([field, said]) => {
      const [, place, within, rest] = /^commands\.(\d+)\.parameters\.(\d+)\.(.+)$/.exec(field) ?? []
      const command = place === undefined ? undefined : drafts.commands[Number(place)]
      const at = command && parametersOf(drafts, command)[Number(within)]?.at
      const named = at === undefined ? field : `parameters.${at}.${rest}`
      return [named.includes('.choices.') ? `${named.split('.choices.')[0]}.choices` : named, said]
    }),
  )
}
