import { trustedDrawing } from '#platform/web'
import { drawOption } from '../core/drawing/option-pictures.ts'
import { toSvg } from '../core/drawing/svg.ts'

/** An option's small picture, 4 : 3, for beside its name. */
export function OptionDrawing({ modelId, optionId }: { modelId: string; optionId: string }) {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: made by our own drawing code, which escapes every text
  return <span dangerouslySetInnerHTML={{ __html: trustedDrawing(pictureOf(modelId, optionId)) }} />
}

const pictures = new Map<string, string>()

function pictureOf(modelId: string, optionId: string): string {
  const key = `${modelId} ${optionId}`
  const known = pictures.get(key)
  if (known !== undefined) return known
  const made = toSvg(drawOption(modelId, optionId), { title: '' })
  pictures.set(key, made)
  return made
}
