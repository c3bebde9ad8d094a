//! `inspector feeds import`: files in, one database out, or nothing changed.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, ensure};
use clap::Args;
use inspector_vuln::database::{self, Database, Input, Manifest, OpenError, build, is_database};
use inspector_vuln::feed::{bundled, piece, whole};

use super::document::{self, Document, files};
use super::signature;
use super::status::document_line;
use crate::advisories::{DATABASE, DataDirectory, FeedsFolder, open};
use crate::exit::Exit;
use crate::failure::Helpful;
use crate::output;

/// Compile feed files, or folders of them, into the advisory database
#[derive(Args)]
pub(crate) struct Import {
    /// Feed files or folders: plain, .gz, .bz2, .xz or .zst, in the publisher's own format; or one `advisories.db` that
    /// another data directory has compiled
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Accept a feed that is older or much smaller than the one in use
    #[arg(long)]
    accept: bool,
    /// Trust databases that this key has signed, from now on; `inspector feeds status` tells the key of a data directory
    #[arg(long, value_name = "KEY")]
    trust: Option<String>,
    #[command(flatten)]
    data: DataDirectory,
}

/// Documents by feed and name.
pub(super) type Documents = BTreeMap<(&'static str, String), Document>;

impl Import {
    /// Reads, compares with what is in use, compiles, and switches.
    pub(crate) fn run(self) -> Result<Exit> {
        let folder = FeedsFolder::of(&self.data.data_dir);
        if let [path] = self.paths.as_slice()
            && begins_as_database(path)
        {
            return self.import_database(path, &folder);
        }
        let (given, ignored) = self.recognise()?;
        let _lock = lock(&folder)?;
        let in_use = folder.readable();
        let before = manifest(in_use.as_deref())?;
        if !self.accept {
            refuse_foreign(in_use.as_deref(), &before)?;
        }
        let mut documents = stored(in_use.as_deref())?;
        let changed: BTreeSet<_> = given.keys().map(|(feed, name)| (*feed, whole(name).to_owned())).collect();
        // A document takes the place of all pieces of the one before.
        documents.retain(|(feed, name), _| !changed.contains(&(*feed, whole(name).to_owned())));
        documents.extend(given);

        let inputs = read_all(documents.values())?;
        if !self.accept {
            for (feed, name) in &changed {
                let pieces: Vec<&Input> =
                    inputs.iter().filter(|it| it.feed == *feed && whole(&it.document) == name).collect();
                accept(&pieces, &before, documents.get(&(*feed, name.clone())))?;
            }
        }
        let (bytes, database) = compile(inputs)?;
        write_generation(&folder, bytes, &documents)?;
        report(&folder, &database, ignored)?;
        Ok(Exit::Clean)
    }

    /// Takes a database that was compiled elsewhere, where a trusted key has signed it.
    fn import_database(&self, path: &Path, folder: &FeedsFolder) -> Result<Exit> {
        let _lock = lock(folder)?;
        if let Some(key) = &self.trust {
            signature::trust(key, folder)?;
        }
        let refused =
            || Helpful::new(format!("cannot import `{}`", path.display()), "inspector feeds import --trust KEY <PATH>");
        let take = || -> Result<(Vec<u8>, Database)> {
            let bytes = fs::read(path)?;
            signature::check(&bytes, folder)?;
            let database = Database::open(bytes.clone())?;
            database.verify()?;
            if !self.accept {
                manifest(folder.readable().as_deref())?.accept_manifest(database.manifest())?;
            }
            Ok((bytes, database))
        };
        let (bytes, database) = take().with_context(refused)?;
        switch(folder, &bytes, &Documents::new())?;
        report(folder, &database, 0)?;
        Ok(Exit::Clean)
    }

    /// The documents among the given paths, and how many files in folders are of no known feed.
    fn recognise(&self) -> Result<(Documents, usize)> {
        let mut documents = Documents::new();
        let mut ignored = 0;
        for path in &self.paths {
            for file in files(path)? {
                let Some(document) = Document::recognise(&file)? else {
                    if file == *path {
                        return Err(anyhow!(unknown(path)));
                    }
                    ignored += 1;
                    continue;
                };
                place_document(document, &mut documents)?;
            }
        }
        if documents.is_empty() {
            let paths: Vec<_> = self.paths.iter().map(|path| path.display().to_string()).collect();
            return Err(anyhow!(unknown(Path::new(&paths.join(" ")))));
        }
        Ok((documents, ignored))
    }
}

/// Adds a document, or one more piece of it where its feed has such.
fn place_document(document: Document, documents: &mut Documents) -> Result<()> {
    for nth in 1.. {
        let key = (document.feed.id, piece(&document.name, nth));
        match documents.get(&key) {
            None => {
                documents.insert(key.clone(), Document { name: key.1, ..document });
                return Ok(());
            }
            // The same file named twice.
            Some(known) if known.path == document.path => return Ok(()),
            Some(_) if document.feed.comes_in_pieces() => {}
            Some(known) => {
                let (one, other) = (known.path.display(), document.path.display());
                return Err(anyhow!("`{one}` and `{other}` are the same document: import one of them"));
            }
        }
    }
    Ok(())
}

fn begins_as_database(path: &Path) -> bool {
    let mut head = [0; 8];
    File::open(path).and_then(|mut file| file.read_exact(&mut head)).is_ok() && is_database(&head)
}

/// Documents are compiled together with those before, which a database from elsewhere does not bring.
pub(super) fn refuse_foreign(generation: Option<&Path>, in_use: &Manifest) -> Result<()> {
    let own = generation.is_none_or(|it| it.join("sources").is_dir());
    let imported = in_use.documents.iter().any(|document| document.feed != bundled::ID);
    ensure!(
        own || !imported,
        Helpful::new(
            "the database in use was compiled elsewhere, and what it holds would be lost",
            "import a newer one with `inspector feeds import <PATH>`, or replace it with --accept",
        )
    );
    Ok(())
}

/// What the generation in use was made from. Of a database of another schema nothing is known, so its documents are
/// compiled anew and compared with nothing.
pub(super) fn manifest(generation: Option<&Path>) -> Result<Manifest> {
    let Some(generation) = generation else { return Ok(Manifest::default()) };
    match open(&generation.join(DATABASE)) {
        Ok(database) => Ok(database.manifest().clone()),
        Err(error) => match error.downcast_ref::<OpenError>() {
            Some(OpenError::Schema { .. }) => Ok(Manifest::default()),
            Some(OpenError::NotADatabase | OpenError::Corrupt(_)) | None => Err(error),
        },
    }
}

fn unknown(path: &Path) -> Helpful {
    let feeds: Vec<_> = inspector_vuln::feed::FEEDS.iter().map(|feed| feed.title).collect();
    Helpful::new(
        format!("cannot import `{}`: no known feed looks like this ({})", path.display(), feeds.join(", ")),
        "inspector feeds import <PATH>",
    )
}

/// One import at a time.
pub(super) fn lock(folder: &FeedsFolder) -> Result<File> {
    let path = folder.path().join("lock");
    let locked = fs::create_dir_all(folder.path())
        .and_then(|()| File::create(&path))
        .with_context(|| format!("cannot write `{}`", path.display()))?;
    locked.try_lock().map_err(|_| anyhow!("another import into `{}` is running", folder.path().display()))?;
    Ok(locked)
}

/// The documents of a generation.
pub(super) fn stored(generation: Option<&Path>) -> Result<Documents> {
    let Some(sources) = generation.map(|it| it.join("sources")).filter(|it| it.is_dir()) else {
        return Ok(Documents::new());
    };
    let mut documents = Documents::new();
    for file in files(&sources)? {
        let document = Document::recognise(&file)?.ok_or_else(|| anyhow!(unknown(&file)))?;
        // It is stored under its name, which tells pieces apart.
        let name = document::plain_name(&file).to_owned();
        documents.insert((document.feed.id, name.clone()), Document { name, ..document });
    }
    Ok(documents)
}

/// Reads documents side by side.
pub(super) fn read_all<'a>(documents: impl Iterator<Item = &'a Document> + Send) -> Result<Vec<Input>> {
    let queue = std::sync::Mutex::new(documents);
    let next = || queue.lock().ok().and_then(|mut queue| queue.next());
    std::thread::scope(|scope| {
        let work = || std::iter::from_fn(&next).map(Document::read).collect::<Result<Vec<_>>>();
        let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get).min(4);
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        let mut inputs = Vec::new();
        for worker in workers {
            inputs.extend(worker.join().map_err(|_| anyhow!("a reader of feeds stopped"))??);
        }
        Ok(inputs)
    })
}

/// Refuses a document that is older or much smaller than the one in use.
fn accept(pieces: &[&Input], in_use: &Manifest, document: Option<&Document>) -> Result<()> {
    let path = document.map(|document| document.path.display().to_string()).unwrap_or_default();
    let help = format!("inspector feeds import --accept {path}");
    in_use.accept_pieces(pieces).with_context(|| Helpful::new(format!("`{path}` is refused"), help))
}

/// Compiles the documents with the bundled set, and reads the result back: the file without a signature, and what it holds.
pub(super) fn compile(mut inputs: Vec<Input>) -> Result<(Vec<u8>, Database)> {
    inputs.extend(bundled::inputs()?);
    let bytes = build(inputs)?;
    let database = Database::open(bytes.clone())?;
    database.verify()?;
    Ok((bytes, database))
}

/// Signs the database and writes a whole generation beside the one in use, then switches; the one in use becomes the previous one.
pub(super) fn write_generation(folder: &FeedsFolder, compiled: Vec<u8>, documents: &Documents) -> Result<()> {
    switch(folder, &signature::sign(compiled, folder)?, documents)
}

fn switch(folder: &FeedsFolder, database_file: &[u8], documents: &Documents) -> Result<()> {
    let incoming = folder.path().join("incoming");
    let write = || -> std::io::Result<()> {
        remove(&incoming)?;
        for document in documents.values() {
            let target = incoming.join("sources").join(document.stored_name());
            target.parent().map_or(Ok(()), fs::create_dir_all)?;
            place(&document.path, &target, folder.path())?;
        }
        let database = incoming.join(DATABASE);
        fs::create_dir_all(&incoming)?;
        fs::write(&database, database_file)?;
        File::open(&database)?.sync_all()?;
        let (current, previous) = (folder.current(), folder.previous());
        if current.exists() {
            remove(&previous)?;
            fs::rename(&current, &previous)?;
        }
        fs::rename(&incoming, &current)
    };
    write()
        .inspect_err(|_| {
            // The first error is the one to tell; the next import clears what stays.
            let _left = remove(&incoming);
        })
        .with_context(|| format!("cannot write `{}`", folder.path().display()))
}

/// Puts a copy of a document into the generation; one that is stored already is linked.
fn place(source: &Path, target: &Path, folder: &Path) -> std::io::Result<()> {
    if source.starts_with(folder) && fs::hard_link(source, target).is_ok() {
        return Ok(());
    }
    let modified = fs::metadata(source)?.modified()?;
    let mut copy = File::create(target)?;
    std::io::copy(&mut File::open(source)?, &mut copy)?;
    copy.set_modified(modified)?;
    copy.sync_all()
}

fn remove(folder: &Path) -> std::io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        result => result,
    }
}

fn report(folder: &FeedsFolder, database: &Database, ignored: usize) -> Result<()> {
    let imported = |it: &&database::Document| it.feed != bundled::ID;
    let mut text = String::new();
    for document in database.manifest().documents.iter().filter(imported) {
        text.push_str(&document_line(document));
    }
    let path = folder.current().join(DATABASE);
    let advisories = database.advisory_count();
    text.push_str(&format!("compiled {advisories} advisories into `{}`\n", path.display()));
    if ignored > 0 {
        output::complain(&format!("ignored {ignored} files of no known feed"));
    }
    output::deliver(&text, None)
}
