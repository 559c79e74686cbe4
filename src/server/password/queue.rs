//! Who waits for a password to be hashed. Threads of their own do it: an allocator keeps what was freed for the thread
//! that had it, and on whichever of the runtime's many threads happens to be free, 19 MiB each would add up to hundreds.

use std::{
    collections::VecDeque,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, Condvar, LazyLock, Mutex, MutexGuard, PoisonError},
    thread,
};
use tokio::sync::oneshot;

/// How much is hashed at once. Each takes its memory and a core for a while; more would only starve everybody else.
const WORKERS: usize = 2;

/// So many strangers wait at most, two seconds' work or so. More come to hear that it is too much.
const STRANGERS: usize = 100;

/// Whose turn comes first: those who are known do not stand behind a crowd that tries passwords.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    /// Who is signed in, or was, in this browser; who holds a link.
    Known,
    Stranger,
}

/// Too many wait already, or the work broke.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Busy;

type Work = Box<dyn FnOnce() + Send>;

#[derive(Default)]
struct Waiting {
    known: VecDeque<Work>,
    strangers: VecDeque<Work>,
}

#[derive(Default)]
struct Queue {
    waiting: Mutex<Waiting>,
    news: Condvar,
}

impl Queue {
    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn put(&self, lane: Lane, work: Work) -> Result<(), Busy> {
        let mut waiting = self.lock();
        match lane {
            Lane::Known => waiting.known.push_back(work),
            Lane::Stranger if waiting.strangers.len() >= STRANGERS => return Err(Busy),
            Lane::Stranger => waiting.strangers.push_back(work),
        }
        self.news.notify_one();
        Ok(())
    }

    fn take(&self) -> Work {
        let mut waiting = self.lock();
        loop {
            if let Some(work) = waiting.known.pop_front().or_else(|| waiting.strangers.pop_front()) {
                return work;
            }
            waiting = self.news.wait(waiting).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

static QUEUE: LazyLock<Arc<Queue>> = LazyLock::new(|| {
    let queue = Arc::new(Queue::default());
    for _ in 0..WORKERS {
        let queue = queue.clone();
        thread::spawn(move || {
            loop {
                // Whoever waits for it is told by its silence; the next one needs the thread.
                let _ = catch_unwind(AssertUnwindSafe(queue.take()));
            }
        });
    }
    queue
});

/// Does something that takes a while, beside the requests that are being answered.
pub async fn beside<T: Send + 'static>(lane: Lane, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Busy> {
    let (answer, answered) = oneshot::channel();
    let work = move || {
        // Nobody may wait for it any more.
        let _ = answer.send(work());
    };
    QUEUE.put(lane, Box::new(work))?;
    answered.await.map_err(|_| Busy)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crowd_of_strangers_is_bounded_and_nobody_who_is_known_stands_behind_it() {
        let (queue, order) = (Queue::default(), Arc::new(Mutex::new(Vec::new())));
        let work = |who: &'static str| {
            let order = order.clone();
            Box::new(move || order.lock().unwrap().push(who)) as Work
        };
        let crowd = (0..1_000).filter(|_| queue.put(Lane::Stranger, work("stranger")).is_ok()).count();
        assert_eq!(crowd, STRANGERS);
        assert_eq!(queue.put(Lane::Known, work("known")), Ok(()));
        (0..2).for_each(|_| queue.take()());
        assert_eq!(*order.lock().unwrap(), ["known", "stranger"]);
    }
}
