/**
 * The commonest passwords of ten and more characters, and stems that stay when the digits at the end are cut off. Small on purpose:
 * the limits on guessing (D36.5) are what protects the rest.
 */
const words = `
1234567890 0123456789 12345678910 123456789a 1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx3edc 1qazxsw23edc q1w2e3r4t5 q1w2e3r4t5y6 qwertyuiop
qwertyuiop[] qwertyuiopasdf asdfghjkl; asdfghjkl zxcvbnm zxcvbnm,./ qwerty qwertyqwerty qwerty123456 qazwsxedc qazwsxedcrfv azertyuiop
azerty qwertzuiop qwertz yxcvbnm password passwort motdepasse contraseña contrasena kennwort passw0rd p@ssw0rd p@ssword pa$$word
pa$$w0rd passwordpassword password123456 mypassword newpassword yourpassword thepassword changepassword changeme changemenow changeit
letmein letmeinnow letmeinplease welcome welcomehome welcome2conclave conclave conclaveconclave administrator admin adminadmin
administrador superadmin superuser rootroot rootpassword defaultpassword default secret topsecret secretpassword supersecret master
masterpassword iloveyou iloveyousomuch iloveyouforever iloveu sunshine princess football baseball basketball superman batman spiderman
starwars pokemon dragonball dragon monkey shadow michael jennifer jonathan christopher alexander elizabeth manchester liverpool
manchesterunited barcelona realmadrid arsenal chelsea bayernmunchen bayernmuenchen cheesecake chocolate strawberry butterfly
blink182blink correcthorsebatterystaple correct-horse-battery-staple correcthorse trustno1trustno1 trustno1 whatever whateverwhatever
computer internet samsung microsoft facebook instagram linkedin google googlegoogle youtube telephone thunder hellohello helloworld
hello hellokitty goodmorning abcdefghij abcdefghijk abcdefghijkl abcd1234abcd abc123abc123 abcd1234 abc123456 a1b2c3d4e5 a123456789
aa12345678 q123456789 z123456789 0987654321 9876543210 987654321a 1029384756 1123581321 3141592653 31415926535 1231231234 12341234123
1212121212 1313131313 12345qwert qwert12345 12345abcde abcde12345 1234qwerasdf 1234qwer asdf1234asdf asdfasdfasdf qweasdzxc
qweasdzxc123 qwe123qwe123 asd123asd123 zaq12wsxcde3 zaq1zaq1zaq1 zaq1xsw2cde3 !qaz2wsx3edc !qaz@wsx#edc 1qaz@wsx3edc summer winter
spring autumn sommer winter2winter fruehling herbst january february september october november december monday friday testtest
testpassword testtesttest testing testing123 temporary temppassword temppass guestguest guestpassword loginlogin login
`

export const commonPasswords: ReadonlySet<string> = new Set(words.trim().split(/\s+/))
