#include "drivers/transport/https.h"

#include <curl/curl.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <map>

#include "core/base/ensure.h"

namespace drivers {

namespace {

constexpr std::size_t largest_answer = 1 << 20;

template <class Value>
void set(CURL* transfer, CURLoption option, Value value) {
  ENSURE(curl_easy_setopt(transfer, option, value) == CURLE_OK);
}

// libcurl wants to be set up once in a process.
void set_up_curl() {
  static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
  ENSURE(ready == CURLE_OK);
}

std::string common_name(X509* certificate) {
  X509_NAME* subject = X509_get_subject_name(certificate);
  const int at = X509_NAME_get_index_by_NID(subject, NID_commonName, -1);
  if (at < 0) return {};
  unsigned char* text = nullptr;
  const int size =
      ASN1_STRING_to_UTF8(&text, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, at)));
  if (size < 0) return {};
  std::string name(reinterpret_cast<char*>(text), static_cast<std::size_t>(size));
  OPENSSL_free(text);
  return name;
}

// One request on its way; libcurl knows its address.
struct Request {
  const HttpsPeer& peer;
  std::string body;
  CURL* transfer = nullptr;
  curl_slist* headers = nullptr;
  std::size_t sent = 0;
  bool has_left = false;
  std::string answer;
  std::string peer_name;
  bool is_wrong_name = false, is_wrong_authority = false;

  Request(const HttpsPeer& to, std::string what)
      : peer(to), body(std::move(what)), transfer(curl_easy_init()) {
    ENSURE(transfer != nullptr);
  }
  Request(const Request&) = delete;
  Request& operator=(const Request&) = delete;
  ~Request() {
    curl_easy_cleanup(transfer);
    curl_slist_free_all(headers);
  }

  void set_up(Milliseconds patience);
  HttpsTrouble trouble(CURLcode code) const;

  static std::size_t give(char* buffer, std::size_t size, std::size_t count, void* self);
  static std::size_t take(char* bytes, std::size_t size, std::size_t count, void* self);
  static CURLcode set_up_tls(CURL*, void* context, void* self);
  static int verify(X509_STORE_CTX* store, void* self);
};

// libcurl asks for the body right before it sends it.
std::size_t Request::give(char* buffer, std::size_t size, std::size_t count, void* self) {
  auto& request = *static_cast<Request*>(self);
  request.has_left = true;
  const std::size_t n = std::min(size * count, request.body.size() - request.sent);
  std::copy_n(request.body.data() + request.sent, n, buffer);
  request.sent += n;
  return n;
}

std::size_t Request::take(char* bytes, std::size_t size, std::size_t count, void* self) {
  auto& request = *static_cast<Request*>(self);
  if (request.answer.size() + size * count > largest_answer) return 0;
  request.answer.append(bytes, size * count);
  return size * count;
}

CURLcode Request::set_up_tls(CURL*, void* context, void* self) {
  SSL_CTX_set_cert_verify_callback(static_cast<SSL_CTX*>(context), &Request::verify, self);
  return CURLE_OK;
}

// The chain first, as ever; then the name, which only we know how to judge.
int Request::verify(X509_STORE_CTX* store, void* self) {
  auto& request = *static_cast<Request*>(self);
  request.peer_name = common_name(X509_STORE_CTX_get0_cert(store));
  if (X509_verify_cert(store) != 1) {
    request.is_wrong_authority = true;
    return 0;
  }
  request.is_wrong_name = !request.peer.accepts_name(request.peer_name);
  if (!request.is_wrong_name) return 1;
  X509_STORE_CTX_set_error(store, X509_V_ERR_HOSTNAME_MISMATCH);
  return 0;
}

void Request::set_up(Milliseconds patience) {
  set(transfer, CURLOPT_URL, peer.url.c_str());
  set(transfer, CURLOPT_PROTOCOLS_STR, "https");
  set(transfer, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
  set(transfer, CURLOPT_PROXY, "");
  set(transfer, CURLOPT_NOSIGNAL, 1L);
  set(transfer, CURLOPT_FRESH_CONNECT, 1L);
  set(transfer, CURLOPT_FORBID_REUSE, 1L);
  set(transfer, CURLOPT_FOLLOWLOCATION, 0L);
  set(transfer, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  set(transfer, CURLOPT_CAINFO, peer.authority_file.c_str());
  set(transfer, CURLOPT_CAPATH, static_cast<char*>(nullptr));
  set(transfer, CURLOPT_SSL_VERIFYPEER, 1L);
  // verify() compares the name: it is the terminal's, never that of its address.
  set(transfer, CURLOPT_SSL_VERIFYHOST, 0L);
  set(transfer, CURLOPT_SSL_CTX_FUNCTION, &Request::set_up_tls);
  set(transfer, CURLOPT_SSL_CTX_DATA, static_cast<void*>(this));
  set(transfer, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(peer.to_connect.count()));
  set(transfer, CURLOPT_TIMEOUT_MS, static_cast<long>((peer.to_connect + patience).count()));
  set(transfer, CURLOPT_POST, 1L);
  set(transfer, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
  set(transfer, CURLOPT_READFUNCTION, &Request::give);
  set(transfer, CURLOPT_READDATA, static_cast<void*>(this));
  set(transfer, CURLOPT_WRITEFUNCTION, &Request::take);
  set(transfer, CURLOPT_WRITEDATA, static_cast<void*>(this));
  headers = curl_slist_append(headers, "Content-Type: application/json");
  headers = curl_slist_append(headers, "Expect:");
  set(transfer, CURLOPT_HTTPHEADER, headers);
}

HttpsTrouble Request::trouble(CURLcode code) const {
  if (is_wrong_name) return HttpsTrouble::wrong_name;
  if (is_wrong_authority) return HttpsTrouble::unknown_authority;
  switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_URL_MALFORMAT:
      return HttpsTrouble::no_such_host;
    case CURLE_COULDNT_CONNECT:
      return HttpsTrouble::unreachable;
    case CURLE_OPERATION_TIMEDOUT: {
      curl_off_t connected = 0;
      curl_easy_getinfo(transfer, CURLINFO_CONNECT_TIME_T, &connected);
      return connected > 0 ? HttpsTrouble::timed_out : HttpsTrouble::unreachable;
    }
    case CURLE_SSL_CACERT_BADFILE:
      return HttpsTrouble::no_authority_file;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_WEIRD_SERVER_REPLY:
      return HttpsTrouble::not_https;
    default:
      return HttpsTrouble::cut;
  }
}

class CurlLink final : public HttpsLink {
 public:
  explicit CurlLink(HttpsPeer peer) : peer_(std::move(peer)) {
    set_up_curl();
    multi_ = curl_multi_init();
    ENSURE(multi_ != nullptr);
  }
  ~CurlLink() override {
    drop_all();
    curl_multi_cleanup(multi_);
  }
  CurlLink(const CurlLink&) = delete;
  CurlLink& operator=(const CurlLink&) = delete;

  int post(std::string body, Milliseconds patience) override {
    auto request = std::make_unique<Request>(peer_, std::move(body));
    request->set_up(patience);
    ENSURE(curl_multi_add_handle(multi_, request->transfer) == CURLM_OK);
    requests_[++last_] = std::move(request);
    return last_;
  }

  std::optional<HttpsEnd> wait(Milliseconds patience) override {
    const auto until = std::chrono::steady_clock::now() + patience;
    for (;;) {
      int running = 0;
      ENSURE(curl_multi_perform(multi_, &running) == CURLM_OK);
      if (auto end = next_end()) return end;
      if (is_woken_.exchange(false)) return {};
      const auto left =
          std::chrono::duration_cast<Milliseconds>(until - std::chrono::steady_clock::now());
      if (left.count() <= 0) return {};
      ENSURE(curl_multi_poll(multi_, nullptr, 0, static_cast<int>(left.count()), nullptr) ==
             CURLM_OK);
    }
  }

  void drop_all() override {
    for (auto& [number, request] : requests_) {
      curl_multi_remove_handle(multi_, request->transfer);
    }
    requests_.clear();
  }

  void wake() override {
    is_woken_ = true;
    curl_multi_wakeup(multi_);
  }

 private:
  std::optional<HttpsEnd> next_end() {
    int left = 0;
    const CURLMsg* message = curl_multi_info_read(multi_, &left);
    if (!message) return {};
    const CURLcode code = message->data.result;
    const auto found = std::find_if(requests_.begin(), requests_.end(), [&](const auto& entry) {
      return entry.second->transfer == message->easy_handle;
    });
    ENSURE(found != requests_.end());
    Request& request = *found->second;
    HttpsEnd end{found->first, request.has_left, tl::unexpected(HttpsTrouble::cut),
                 request.peer_name};
    if (code == CURLE_OK) {
      HttpsAnswer answer{0, std::move(request.answer)};
      curl_easy_getinfo(request.transfer, CURLINFO_RESPONSE_CODE, &answer.status);
      end.answer = std::move(answer);
    } else {
      end.answer = tl::unexpected(request.trouble(code));
    }
    curl_multi_remove_handle(multi_, request.transfer);
    requests_.erase(found);
    return end;
  }

  HttpsPeer peer_;
  CURLM* multi_ = nullptr;
  std::map<int, std::unique_ptr<Request>> requests_;
  int last_ = 0;
  std::atomic<bool> is_woken_ = false;
};

}  // namespace

std::unique_ptr<HttpsLink> https_link(HttpsPeer peer) {
  return std::make_unique<CurlLink>(std::move(peer));
}

}  // namespace drivers
