import { type FileKind, fileKinds } from './file-kinds.ts'

const longest = 120

/**
 * A name that is safe to show and to save under on any system: no folders, no control or invisible signs, no signs that turn the
 * reading direction (so that "gnp.exe" cannot pose as "exe.png"), no name that Windows keeps for devices, 120 signs at most.
 * It ends in an extension of what the file really is.
 */
export function safeFileName(given: string, kind: FileKind): string {
  const bare = given
    .slice(-1000)
    .toWellFormed()
    .normalize('NFC')
    .split(/[/\\]/)
    .at(-1)!
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}\uFFFD]/gu, '')
    .replace(/[<>:"|?*]/g, '_')
    .replace(/\s+/gu, ' ')
    .replace(/^[.\s]+|[.\s]+$/gu, '')
  const { extensions } = fileKinds[kind]
  const dot = bare.lastIndexOf('.')
  const known = dot > 0 && (extensions as readonly string[]).includes(bare.slice(dot + 1).toLowerCase())
  const stem = (known ? bare.slice(0, dot) : bare).replace(/[.\s]+$/u, '') || 'file'
  const extension = known ? bare.slice(dot + 1) : extensions[0]
  const kept = [...stem].slice(0, longest - extension.length - 1).join('')
  return `${deviceName.test(kept) ? `_${kept}` : kept}.${extension}`
}

const deviceName = /^(con|prn|aux|nul|com\d|lpt\d)(\..*)?$/i
