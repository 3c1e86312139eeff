import type { Say } from "../i18n/words.ts"
import { useWords } from "../i18n/use-words.ts"
import { Mark, type MarkState } from "../ui/mark.tsx"
import type { SealView } from "../view/call.ts"

interface SealProps {
  readonly seal: SealView
  readonly isOpen: boolean
  readonly panelId: string
  readonly onPress: () => void
}

/** Security is a sentence, not a badge: it counts the MLS roster and opens the security panel. */
export function Seal({ seal, isOpen, panelId, onPress }: SealProps) {
  const say = useWords()
  const isAlert = seal.kind === "check" || seal.kind === "stopped" || seal.kind === "open"
  return (
    <button
      type="button"
      className={isAlert ? "seal alert" : "seal"}
      aria-expanded={isOpen}
      aria-controls={isOpen ? panelId : undefined}
      onClick={onPress}
    >
      <Mark state={markOf(seal)} />
      <span>{sealText(seal, say)}</span>
    </button>
  )
}

/** Closed only when this device's keys say so. */
export function markOf(seal: SealView): MarkState {
  if (seal.kind === "sealing" || seal.kind === "open") return "open"
  return seal.kind === "sealed" || seal.kind === "alone" ? "closed" : "fallen"
}

export function sealText(seal: SealView, say: Say): string {
  switch (seal.kind) {
    case "sealed":
      return say("seal.sealed", { count: seal.count })
    case "check":
      return say("seal.check", { name: seal.name })
    case "open":
      return say("entry.open-seal")
    case "sealing":
    case "alone":
    case "stopped":
      return say(`seal.${seal.kind}`)
  }
}
