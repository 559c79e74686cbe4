//! The loop over connections. The usual one waits for ever for whoever never finishes asking, or never takes the answer.

use super::origin::Peer;
use axum::{Extension, Router};
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::{conn::auto, graceful::GracefulShutdown},
    service::TowerToHyperService,
};
use std::{pin::pin, sync::Arc, time::Duration};
use tokio::{
    net::TcpListener,
    sync::Semaphore,
    time::{sleep, timeout},
};
use tokio_io_timeout::TimeoutStream;

/// How long a client is waited for.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// For a request's headers, and between two requests.
    pub headers: Duration,
    /// While it takes none of what is sent to it.
    pub reading: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self { headers: Duration::from_secs(20), reading: Duration::from_secs(30) }
    }
}

/// The most bytes of a request's headers.
const HEADER_BYTES: usize = 32 * 1024;

/// More connections than that wait until one is closed.
const CONNECTIONS: usize = 4_096;

/// So long those that are open may take to end when the server stops.
const FAREWELL: Duration = Duration::from_secs(10);

/// Serves until `stop`, and then lets requests that are being answered end.
pub async fn serve(listener: TcpListener, app: Router, patience: Patience, stop: impl Future<Output = ()>) {
    let (open, places) = (GracefulShutdown::new(), Arc::new(Semaphore::new(CONNECTIONS)));
    let mut builder = auto::Builder::new(TokioExecutor::new()).http1_only();
    builder.http1().timer(TokioTimer::new()).header_read_timeout(patience.headers).max_buf_size(HEADER_BYTES);
    let mut stop = pin!(stop);
    loop {
        let accepted = async {
            let place = places.clone().acquire_owned().await;
            (listener.accept().await, place)
        };
        let (accepted, place) = tokio::select! {
            accepted = accepted => accepted,
            () = &mut stop => break,
        };
        match accepted {
            Ok((stream, address)) => {
                // Small answers shall not wait for more.
                let _ = stream.set_nodelay(true);
                let mut stream = TimeoutStream::new(stream);
                stream.set_write_timeout(Some(patience.reading));
                let stream = TokioIo::new(Box::pin(stream));
                let app = app.clone().layer(Extension(Peer(address.ip())));
                let connection = builder.serve_connection_with_upgrades(stream, TowerToHyperService::new(app));
                let connection = open.watch(connection.into_owned());
                tokio::spawn(async move {
                    // That a client went away, or was too slow, is nothing to speak of.
                    let _ = connection.await;
                    drop(place);
                });
            }
            Err(error) => {
                // Too many open files, say: others may close theirs meanwhile.
                tracing::warn!(%error, "a connection could not be accepted");
                sleep(Duration::from_millis(100)).await;
            }
        }
    }
    drop(listener);
    let _ = timeout(FAREWELL, open.shutdown()).await;
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::routing::get;
    use std::net::SocketAddr;
    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt},
        net::TcpStream,
    };

    /// More than any buffer on the way holds.
    const LARGE: usize = 64 * 1024 * 1024;

    async fn begun(patience: Patience) -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let addr = listener.local_addr().unwrap();
        let app =
            Router::new().route("/small", get(|| async { "here" })).route("/", get(|| async { "x".repeat(LARGE) }));
        tokio::spawn(serve(listener, app, patience, std::future::pending()));
        addr
    }

    fn short(headers: u64, reading: u64) -> Patience {
        Patience { headers: Duration::from_millis(headers), reading: Duration::from_millis(reading) }
    }

    #[tokio::test]
    async fn whoever_never_finishes_asking_is_let_go() {
        let mut slow = TcpStream::connect(begun(short(200, 60_000)).await).await.unwrap();
        slow.write_all(b"GET /small HTTP/1.1\r\nhost: a\r\nx-").await.unwrap();
        let mut answer = Vec::new();
        slow.read_to_end(&mut answer).await.unwrap();
        assert!(!String::from_utf8_lossy(&answer).contains("here"), "the end of the connection came, and no answer");
    }

    #[tokio::test]
    async fn whoever_takes_no_answer_is_let_go_and_whoever_takes_it_gets_all() {
        let addr = begun(short(60_000, 500)).await;
        let ask = b"GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n";
        let mut deaf = TcpStream::connect(addr).await.unwrap();
        deaf.write_all(ask).await.unwrap();
        let mut reader = TcpStream::connect(addr).await.unwrap();
        reader.write_all(ask).await.unwrap();
        let mut answer = Vec::new();
        reader.read_to_end(&mut answer).await.unwrap();
        assert!(answer.len() > LARGE);
        // By now nobody has taken anything of the first for longer than is waited for.
        sleep(Duration::from_secs(2)).await;
        let mut rest = Vec::new();
        let ended = deaf.read_to_end(&mut rest).await;
        assert!(ended.is_err() || rest.len() < LARGE, "{ended:?}");
    }
}
