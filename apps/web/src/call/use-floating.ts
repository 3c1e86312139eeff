import { useEffect, useState } from "react"

/** What Chromium has and others have not; no library of types knows it yet. */
interface DocumentPictureInPicture {
  readonly requestWindow: (size: { readonly width: number; readonly height: number }) => Promise<Window>
}

export interface Floating {
  /** Not offered where the browser has no such window (L28). */
  readonly can: boolean
  /** The window while it is open. */
  readonly window: Window | undefined
  readonly toggle: () => void
}

/** A small window that stays above others, while the call is looked at from elsewhere. It closes with the call. */
export function useFloating(): Floating {
  const [open, setOpen] = useState<Window>()
  useEffect(() => {
    if (open === undefined) return undefined
    const closed = () => setOpen(undefined)
    open.addEventListener("pagehide", closed)
    return () => {
      open.removeEventListener("pagehide", closed)
      open.close()
    }
  }, [open])
  const api = apiOf()
  const toggle = () => {
    if (open !== undefined) setOpen(undefined)
    else
      void api?.requestWindow({ width: 360, height: 300 }).then(
        (made) => {
          dress(made.document)
          setOpen(made)
        },
        // It needs a press, and a person or browser may refuse: then there is no window.
        () => undefined,
      )
  }
  return { can: api !== undefined, window: open, toggle }
}

const apiOf = (): DocumentPictureInPicture | undefined =>
  typeof window === "undefined" ? undefined : (window as { documentPictureInPicture?: DocumentPictureInPicture }).documentPictureInPicture

/** Our own style sheets by their addresses, because the page's policy allows nothing inline (D28); language and theme as here. */
function dress(made: Document): void {
  const { lang, dir, dataset } = document.documentElement
  Object.assign(made.documentElement, { lang, dir })
  if (dataset.theme !== undefined) made.documentElement.dataset.theme = dataset.theme
  for (const sheet of document.querySelectorAll<HTMLLinkElement>('link[rel="stylesheet"]')) {
    const link = made.createElement("link")
    link.rel = "stylesheet"
    link.href = sheet.href
    made.head.append(link)
  }
}
