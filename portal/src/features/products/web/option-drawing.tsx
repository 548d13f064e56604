import { useEffect, useRef, useState } from 'react'
import { useDrawingMarkup } from '#platform/web'
import { draw } from './drawing-client.ts'

/** An option's small picture, 4 : 3, for beside its name. It comes once its place is in sight: pictures would be most of the page. */
export function OptionDrawing({ modelId, optionId }: { modelId: string; optionId: string }) {
  const key = `${modelId} ${optionId}`
  const place = useRef<HTMLSpanElement>(null)
  const [svg, setSvg] = useState(() => pictures.get(key) ?? '')
  useEffect(() => {
    let wanted = true
    const leave = onceInSight(place.current!, () =>
      pictureOf(key, modelId, optionId).then(
        made => wanted && setSvg(made),
        () => {}, // without its picture an option can be chosen as well
      ),
    )
    return () => {
      wanted = false
      leave()
    }
  }, [key, modelId, optionId])
  // biome-ignore lint/security/noDangerouslySetInnerHtml: made by our own drawing code, which escapes every text
  return <span ref={place} dangerouslySetInnerHTML={useDrawingMarkup(svg)} />
}

function onceInSight(place: Element, work: () => void): () => void {
  const sight = new IntersectionObserver(
    entries => {
      if (!entries.some(entry => entry.isIntersecting)) return
      sight.disconnect()
      work()
    },
    { rootMargin: '200px', scrollMargin: '200px' },
  )
  sight.observe(place)
  return () => sight.disconnect()
}

/** What was drawn since the page was loaded; nothing on the server. */
const pictures = new Map<string, string>()

async function pictureOf(key: string, modelId: string, optionId: string): Promise<string> {
  const made = pictures.get(key) ?? (await draw({ draw: 'option', modelId, optionId }))
  pictures.set(key, made)
  return made
}
