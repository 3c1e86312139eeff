/** Drawn people in place of cameras, for fixtures. */

import type { Picture } from "../view/picture.ts"
import amal from "./people/amal.svg"
import ines from "./people/ines.svg"
import jonas from "./people/jonas.svg"
import mei from "./people/mei.svg"
import mira from "./people/mira.svg"
import plan from "./people/plan.svg"
import ravi from "./people/ravi.svg"
import self from "./people/self.svg"
import tomas from "./people/tomas.svg"

/** A still picture, as the poster of a video that never plays. */
const still = (url: string): Picture => ({
  attach: (video) => {
    video.poster = url
    return () => video.removeAttribute("poster")
  },
})

export const pictures = {
  amal: still(amal),
  ines: still(ines),
  jonas: still(jonas),
  mei: still(mei),
  mira: still(mira),
  plan: still(plan),
  ravi: still(ravi),
  self: still(self),
  tomas: still(tomas),
} as const
