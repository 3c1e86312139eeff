import type { Reaction } from "@conclave/collab"
import { Hand, Heart, Laugh, PartyPopper, ThumbsUp } from "lucide-react"

/** A reaction as every device draws it: names travel, never characters, and no font has to have them. The word stands beside it. */
export function ReactionSign({ what, className = "icon" }: { what: Reaction; className?: string }) {
  const Sign = signs[what]
  return <Sign className={className} aria-hidden="true" />
}

interface SignProps {
  readonly className: string
  readonly "aria-hidden": "true"
}

function Clap(props: SignProps) {
  return (
    <svg viewBox="0 0 24 24" {...props}>
      <g transform="rotate(-18 12 12)">
        <Hand x="2" y="5" width="17" height="17" />
      </g>
      <path d="M15 2.5v2M19.5 4l-1.4 1.6M22 8.5l-2 .5" />
    </svg>
  )
}

function Surprise(props: SignProps) {
  return (
    <svg viewBox="0 0 24 24" {...props}>
      <circle cx="12" cy="12" r="10" />
      <circle cx="12" cy="15.5" r="2.25" />
      <path d="M9 9h.01M15 9h.01" />
    </svg>
  )
}

const signs = { "thumbs-up": ThumbsUp, clap: Clap, laugh: Laugh, surprise: Surprise, heart: Heart, celebrate: PartyPopper } as const
