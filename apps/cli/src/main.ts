console.error("Usage: npm run conclave -- key create --team NAME")
process.exitCode = 2
