import { pictures } from "../gallery/pictures.ts"
import type { NamedTile, TilePicture } from "../view/call.ts"
import type { Level, NamedPerson } from "../view/person.ts"

export const person = (name: string, level: Level = "guest"): NamedPerson => ({ known: true, name, level, isKeyChanged: false })

const tile = (id: keyof typeof pictures, who: NamedPerson): NamedTile => ({
  id,
  who,
  picture: { kind: "live", picture: pictures[id] },
  isMuted: false,
  isSpeaking: false,
})

/** Six people in order of arrival, as the mocks have them. */
export const ines: NamedTile = { ...tile("ines", person("Ines Okafor", "person")), isSpeaking: true }
export const tomas = tile("tomas", person("Tomás Rehn", "organisation"))
export const amal = tile("amal", person("Amal Haddad", "organisation"))
export const ravi: NamedTile = { ...tile("ravi", person("Ravi Menon", "account")), isMuted: true }
export const jonas = tile("jonas", person("Jonas Brandt", "account"))
export const mei = tile("mei", person("Mei Tanaka"))

export const six: readonly NamedTile[] = [ines, tomas, amal, ravi, jonas, mei]

/** A room sealed by link today: nobody but guests. */
export const guests: readonly NamedTile[] = six.map((one) => ({ ...one, who: person(one.who.name) }))

export const showing = (one: NamedTile, picture: TilePicture): NamedTile => ({ ...one, picture })

/** As many as asked for. */
export const crowd = (count: number): readonly NamedTile[] =>
  Array.from({ length: count }, (_, index) => {
    const one = guests[index % guests.length] ?? mei
    return { ...one, id: `${one.id}${index}`, isSpeaking: index === 1, isMuted: index % 3 === 2 }
  })
