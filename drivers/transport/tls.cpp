#include "drivers/transport/tls.h"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509_vfy.h>

#include <algorithm>
#include <array>
#include <chrono>

#include "core/base/ensure.h"

namespace drivers {

namespace {

class Deadline {
 public:
  explicit Deadline(Milliseconds patience) : until_(std::chrono::steady_clock::now() + patience) {}
  Milliseconds left() const {
    return std::max(Milliseconds{0}, std::chrono::duration_cast<Milliseconds>(
                                         until_ - std::chrono::steady_clock::now()));
  }

 private:
  std::chrono::steady_clock::time_point until_;
};

}  // namespace

struct TlsTransport::Session {
  SSL_CTX* context = SSL_CTX_new(TLS_client_method());
  SSL* tls = nullptr;
  BIO *incoming = nullptr, *outgoing = nullptr;  // the session's own

  Session() {
    ENSURE(context != nullptr);
    SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
    // The file may hold the device's own certificate, which no authority has signed.
    X509_VERIFY_PARAM_set_flags(SSL_CTX_get0_param(context), X509_V_FLAG_PARTIAL_CHAIN);
  }
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;
  ~Session() {
    SSL_free(tls);
    SSL_CTX_free(context);
  }
  void begin() {
    tls = SSL_new(context);
    incoming = BIO_new(BIO_s_mem());
    outgoing = BIO_new(BIO_s_mem());
    ENSURE(tls && incoming && outgoing);
    SSL_set_bio(tls, incoming, outgoing);
    SSL_set_connect_state(tls);
  }
};

TlsTransport::TlsTransport(std::unique_ptr<Transport> inner, std::string authority_file)
    : inner_(std::move(inner)), authority_file_(std::move(authority_file)) {}

TlsTransport::~TlsTransport() = default;

core::Result<core::Done, LinkError> TlsTransport::open(Milliseconds patience) {
  if (session_) return core::Done{};
  const Deadline deadline(patience);
  auto session = std::make_unique<Session>();
  if (SSL_CTX_load_verify_locations(session->context, authority_file_.c_str(), nullptr) != 1) {
    return tl::unexpected(LinkError::no_permission);
  }
  if (auto opened = inner_->open(patience); !opened) return opened;
  session->begin();
  session_ = std::move(session);
  auto greeted = greet(deadline.left());
  if (!greeted) {
    session_.reset();
    inner_->close();
  }
  return greeted;
}

core::Result<core::Done, LinkError> TlsTransport::greet(Milliseconds patience) {
  const Deadline deadline(patience);
  for (;;) {
    ERR_clear_error();  // of whatever else this thread did
    const int result = SSL_do_handshake(session_->tls);
    if (auto flushed = flush(deadline.left()); !flushed) return flushed;
    if (result == 1) return core::Done{};
    if (SSL_get_error(session_->tls, result) != SSL_ERROR_WANT_READ) {
      return tl::unexpected(SSL_get_verify_result(session_->tls) == X509_V_OK
                                ? LinkError::cut
                                : LinkError::no_permission);
    }
    if (auto taken = take_in(deadline.left()); !taken) return taken;
  }
}

core::Result<std::size_t, LinkError> TlsTransport::write(ByteView bytes, Milliseconds patience) {
  if (!session_) return tl::unexpected(LinkError::cut);
  if (bytes.empty()) return std::size_t{0};
  const Deadline deadline(patience);
  constexpr std::size_t record = 16384;
  const auto size = static_cast<int>(std::min(bytes.size(), record));
  for (;;) {
    ERR_clear_error();
    const int written = SSL_write(session_->tls, bytes.data(), size);
    if (auto flushed = flush(deadline.left()); !flushed) return tl::unexpected(flushed.error());
    if (written > 0) return static_cast<std::size_t>(written);
    if (SSL_get_error(session_->tls, written) != SSL_ERROR_WANT_READ) {
      close();
      return tl::unexpected(LinkError::cut);
    }
    if (auto taken = take_in(deadline.left()); !taken) return tl::unexpected(taken.error());
  }
}

core::Result<Bytes, LinkError> TlsTransport::read(Milliseconds patience) {
  if (!session_) return tl::unexpected(LinkError::cut);
  const Deadline deadline(patience);
  std::array<std::uint8_t, 16384> buffer{};
  for (;;) {
    ERR_clear_error();
    const int count = SSL_read(session_->tls, buffer.data(), static_cast<int>(buffer.size()));
    if (count > 0) return Bytes(buffer.begin(), buffer.begin() + count);
    if (SSL_get_error(session_->tls, count) != SSL_ERROR_WANT_READ) {
      close();
      return tl::unexpected(LinkError::cut);
    }
    if (auto flushed = flush(deadline.left()); !flushed) return tl::unexpected(flushed.error());
    if (auto taken = take_in(deadline.left()); !taken) return tl::unexpected(taken.error());
  }
}

void TlsTransport::close() {
  if (!session_) return;
  SSL_shutdown(session_->tls);
  [[maybe_unused]] const auto flushed = flush(Milliseconds{0});
  session_.reset();
  inner_->close();
}

// Hands over what TLS has to say.
core::Result<core::Done, LinkError> TlsTransport::flush(Milliseconds patience) {
  const Deadline deadline(patience);
  char* waiting = nullptr;
  const long size = BIO_get_mem_data(session_->outgoing, &waiting);
  ByteView rest(reinterpret_cast<const std::uint8_t*>(waiting),
                size > 0 ? static_cast<std::size_t>(size) : 0);
  while (!rest.empty()) {
    const auto written = inner_->write(rest, deadline.left());
    if (!written) return tl::unexpected(written.error());
    rest = rest.subspan(*written);
  }
  BIO_reset(session_->outgoing);
  return core::Done{};
}

core::Result<core::Done, LinkError> TlsTransport::take_in(Milliseconds patience) {
  const auto bytes = inner_->read(patience);
  if (!bytes) return tl::unexpected(bytes.error());
  BIO_write(session_->incoming, bytes->data(), static_cast<int>(bytes->size()));
  return core::Done{};
}

}  // namespace drivers
