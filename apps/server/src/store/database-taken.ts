/** Another server works on this database, which is made for one (D38.7). */
export class DatabaseTaken extends Error {}
