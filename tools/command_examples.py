"""An example of every command. Together they are a session, which a test runs in this order."""

# command → what is typed; later ones go on where earlier ones ended
EXAMPLES: dict[str, str] = {
    "init": """\
$ mcsite init catalogue --name "Example University" --languages en,lv --country LV \\
>     --base-url https://micro.uni.example --privacy public
$ cd catalogue
$ git init --quiet && git add . && git commit --quiet --message "Start"
""",
    "new": """\
$ mcsite new course bee-health
$ mcsite new provider school-of-crafts
$ mcsite new pathway beekeeper
""",
    "import": """\
$ cat > ../courses.csv <<'END'
> title;provider;learning_outcomes;ects;eqf;assessment;participation;quality_assurance;language
> Honey;my-institution;Take honey;1,5;4;portfolio;onsite;internal;en
> END
$ mcsite import ../courses.csv --dry-run
$ mcsite import ../courses.csv
""",
    "check": """\
$ mcsite check
$ mcsite check --completeness
$ mcsite check --format sarif catalogue/courses > ../findings.sarif
""",
    "schema": """\
$ mcsite schema course > ../course.schema.json
$ mcsite schema --write
""",
    "keygen": """\
$ mcsite keygen --out ~/mcsite/key.pem
""",
    "issue": """\
$ printf 'name\\nAnna Ozola\\nBerta Kalna\\nCilda Liepa\\n' > ../learners.csv
$ mcsite issue first-course --learners ../learners.csv --key ~/mcsite/key.pem --dry-run
$ mcsite issue first-course --learners ../learners.csv --key ~/mcsite/key.pem --batch spring
$ ids=($(grep --only-matching '/c/[^"/]*' credentials/spring.jsonl | cut -c4- | uniq))
""",
    "build": """\
$ mcsite build
""",
    "serve": """\
$ mcsite serve --port 0 & sleep 5; kill -INT $!; wait
""",
    "verify": """\
$ mcsite verify credentials/spring.jsonl --offline public
$ mcsite verify public/c/${ids[0]}.json --offline public --json
""",
    "suspend": """\
$ mcsite suspend ${ids[0]} --reason "The assessment is looked at again" --key ~/mcsite/key.pem
""",
    "reinstate": """\
$ mcsite reinstate ${ids[0]} --reason "The assessment stands" --key ~/mcsite/key.pem
""",
    "revoke": """\
$ mcsite revoke ${ids[1]} --reason "Issued by mistake" --key ~/mcsite/key.pem
""",
    "supersede": """\
$ printf 'name\\nCilda Liepiņa\\n' > ../corrected.csv
$ mcsite supersede ${ids[2]} --learners ../corrected.csv --key ~/mcsite/key.pem
""",
    "erase": """\
$ mcsite erase ${ids[1]}
""",
    "refresh": """\
$ mcsite refresh --key ~/mcsite/key.pem
""",
    "keys": """\
$ mcsite keys
""",
    "diff": """\
$ mcsite diff HEAD
$ mcsite diff HEAD --format markdown > ../comment.md
""",
    "export": """\
$ mcsite export edc ${ids[0]} --output ../credential.json
""",
    "verify-site": """\
$ mcsite build
$ mcsite verify-site public
""",
    "headers": """\
$ mcsite headers nginx > ../headers.conf
""",
    "archive": """\
$ mcsite archive ../archive.zip
$ mcsite verify ../catalogue/public/c/${ids[0]}.json --offline ../archive.zip || true
""",
}
