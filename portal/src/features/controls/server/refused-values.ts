import type { ControlValue, Parameter, ValueRefusal } from '#features/devices/core'
import type { LocalizedFieldError } from '#platform/server'

/** Why a value cannot be, and what could. field: where it stands in the request */
export function noSuchValue(
  field: string,
  parameter: Parameter,
  value: ControlValue | undefined,
  refusal: ValueRefusal,
): LocalizedFieldError {
  const { min, max, unit, choices, name } = parameter
  const [zh, en] = [choices.map(one => one.key).join('、'), choices.map(one => one.key).join(', ')]
  const remedies: Record<ValueRefusal, LocalizedFieldError['remedy']> = {
    range: { 'zh-CN': `请填写 ${min} 至 ${max} ${unit} 之间的值。`, en: `Give a value from ${min} to ${max} ${unit}.` },
    choice: { 'zh-CN': `请选择：${zh}。`, en: `Choose one of: ${en}.` },
    type: { 'zh-CN': '请填写数值，开关请用 true 或 false。', en: 'Give a number, or for a switch true or false.' },
  }
  return {
    field,
    value: String(value).slice(0, 40),
    message: { 'zh-CN': `${name['zh-CN']} 不能是这个值。`, en: `${name.en} cannot have this value.` },
    remedy: remedies[refusal],
  }
}
