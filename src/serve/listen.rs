//! The loop over connections. The usual one waits for ever for whoever never finishes asking.

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

/// So long a client may take for a request's headers, and a connection may rest between two requests.
const HEADERS: Duration = Duration::from_secs(20);

/// The most bytes of a request's headers.
const HEADER_BYTES: usize = 32 * 1024;

/// More connections than that wait until one is closed.
const CONNECTIONS: usize = 4_096;

/// So long those that are open may take to end when the server stops.
const FAREWELL: Duration = Duration::from_secs(10);

/// Serves until `stop`, and then lets requests that are being answered end.
pub async fn serve(listener: TcpListener, app: Router, stop: impl Future<Output = ()>) {
    let (open, places) = (GracefulShutdown::new(), Arc::new(Semaphore::new(CONNECTIONS)));
    let mut builder = auto::Builder::new(TokioExecutor::new()).http1_only();
    builder.http1().timer(TokioTimer::new()).header_read_timeout(HEADERS).max_buf_size(HEADER_BYTES);
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
                let app = app.clone().layer(Extension(Peer(address.ip())));
                let connection =
                    builder.serve_connection_with_upgrades(TokioIo::new(stream), TowerToHyperService::new(app));
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
