#include "drivers/transport/web.h"

#include <curl/curl.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>

#include "core/base/ensure.h"

namespace drivers {

namespace {

constexpr std::size_t largest_body = std::size_t{8} << 20;
constexpr long to_connect_ms = 3000;

template <class Value>
void tell(CURL* transfer, CURLoption option, Value value) {
  ENSURE(curl_easy_setopt(transfer, option, value) == CURLE_OK);
}

class CurlWeb final : public WebLink {
 public:
  explicit CurlWeb(std::string authority_file) : authority_file_(std::move(authority_file)) {
    static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
    ENSURE(ready == CURLE_OK);
    transfer_ = curl_easy_init();
    ENSURE(transfer_ != nullptr);
  }
  CurlWeb(const CurlWeb&) = delete;
  CurlWeb& operator=(const CurlWeb&) = delete;
  ~CurlWeb() override { curl_easy_cleanup(transfer_); }

  WebEnd send(const WebRequest& request) override {
    // What was kept stays: connections, and the names that were looked up.
    curl_easy_reset(transfer_);
    Course course{request, *this, {}, 0, false};
    curl_slist* headers = set_up(course);
    const CURLcode code = curl_easy_perform(transfer_);
    curl_slist_free_all(headers);
    WebEnd end;
    end.has_left = course.has_left;
    if (code != CURLE_OK) {
      end.answer = tl::unexpected(trouble(code));
      return end;
    }
    WebAnswer answer{0, std::move(course.body), {}};
    curl_easy_getinfo(transfer_, CURLINFO_RESPONSE_CODE, &answer.status);
    curl_off_t wait = 0;
    if (curl_easy_getinfo(transfer_, CURLINFO_RETRY_AFTER, &wait) == CURLE_OK && wait > 0) {
      answer.retry_after = std::chrono::seconds(std::min<curl_off_t>(wait, 3600));
    }
    end.answer = std::move(answer);
    return end;
  }
  bool pause(Milliseconds time) override {
    std::unique_lock lock(mutex_);
    woken_.wait_for(lock, time, [&] { return is_stopped_.load(); });
    return !is_stopped_;
  }
  void begin() override { is_stopped_ = false; }
  void request_stop() override {
    {
      const std::lock_guard lock(mutex_);
      is_stopped_ = true;
    }
    woken_.notify_all();
  }

 private:
  struct Course {
    const WebRequest& request;
    CurlWeb& web;
    std::string body;
    std::size_t sent;
    bool has_left;
  };

  curl_slist* set_up(Course& course) {
    const WebRequest& request = course.request;
    tell(transfer_, CURLOPT_URL, request.url.c_str());
    tell(transfer_, CURLOPT_PROTOCOLS_STR, "https");
    tell(transfer_, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    tell(transfer_, CURLOPT_NOSIGNAL, 1L);
    tell(transfer_, CURLOPT_FOLLOWLOCATION, 0L);
    tell(transfer_, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    tell(transfer_, CURLOPT_SSL_VERIFYPEER, 1L);
    tell(transfer_, CURLOPT_SSL_VERIFYHOST, 2L);
    if (!authority_file_.empty()) {
      tell(transfer_, CURLOPT_CAINFO, authority_file_.c_str());
      tell(transfer_, CURLOPT_CAPATH, static_cast<char*>(nullptr));
    }
    const long patience = static_cast<long>(request.patience.count());
    tell(transfer_, CURLOPT_CONNECTTIMEOUT_MS, std::min(to_connect_ms, patience));
    tell(transfer_, CURLOPT_TIMEOUT_MS, patience);
    tell(transfer_, CURLOPT_WRITEFUNCTION, &CurlWeb::take);
    tell(transfer_, CURLOPT_WRITEDATA, static_cast<void*>(&course));
    tell(transfer_, CURLOPT_XFERINFOFUNCTION, &CurlWeb::look_up);
    tell(transfer_, CURLOPT_XFERINFODATA, static_cast<void*>(&course));
    tell(transfer_, CURLOPT_NOPROGRESS, 0L);
    curl_slist* headers = nullptr;
    const std::string bearer = "Authorization: Bearer " + request.token;
    if (!request.token.empty()) headers = curl_slist_append(headers, bearer.c_str());
    if (request.method != "GET") {
      tell(transfer_, CURLOPT_CUSTOMREQUEST, request.method.c_str());
      tell(transfer_, CURLOPT_POST, 1L);
      tell(transfer_, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
      tell(transfer_, CURLOPT_READFUNCTION, &CurlWeb::give);
      tell(transfer_, CURLOPT_READDATA, static_cast<void*>(&course));
      tell(transfer_, CURLOPT_SEEKFUNCTION, &CurlWeb::rewind);
      tell(transfer_, CURLOPT_SEEKDATA, static_cast<void*>(&course));
      headers = curl_slist_append(headers, "Content-Type: application/json");
      headers = curl_slist_append(headers, "Expect:");
    }
    tell(transfer_, CURLOPT_HTTPHEADER, headers);
    return headers;
  }

  // libcurl asks for the body right before it sends it.
  static std::size_t give(char* buffer, std::size_t size, std::size_t count, void* self) {
    auto& course = *static_cast<Course*>(self);
    course.has_left = true;
    const std::string& body = course.request.body;
    const std::size_t n = std::min(size * count, body.size() - course.sent);
    std::copy_n(body.data() + course.sent, n, buffer);
    course.sent += n;
    return n;
  }
  // Where a connection that was kept has ended, libcurl begins anew: each request here may
  // be repeated, for it bears an id of ours.
  static int rewind(void* self, curl_off_t offset, int) {
    static_cast<Course*>(self)->sent = static_cast<std::size_t>(offset);
    return CURL_SEEKFUNC_OK;
  }
  static std::size_t take(char* bytes, std::size_t size, std::size_t count, void* self) {
    auto& course = *static_cast<Course*>(self);
    const std::size_t n = size * count;
    long status = 0;
    curl_easy_getinfo(course.web.transfer_, CURLINFO_RESPONSE_CODE, &status);
    if (course.request.sink && status == 200) return course.request.sink({bytes, n}) ? n : 0;
    if (course.body.size() + n > largest_body) return 0;
    course.body.append(bytes, n);
    return n;
  }
  static int look_up(void* self, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
    const auto& course = *static_cast<Course*>(self);
    return course.request.ends_when_stopped && course.web.is_stopped_ ? 1 : 0;
  }

  HttpsTrouble trouble(CURLcode code) const {
    switch (code) {
      case CURLE_COULDNT_RESOLVE_HOST:
      case CURLE_URL_MALFORMAT:
        return HttpsTrouble::no_such_host;
      case CURLE_COULDNT_CONNECT:
        return HttpsTrouble::unreachable;
      case CURLE_OPERATION_TIMEDOUT:
        return HttpsTrouble::timed_out;
      case CURLE_SSL_CACERT_BADFILE:
        return HttpsTrouble::no_authority_file;
      case CURLE_PEER_FAILED_VERIFICATION:
        return HttpsTrouble::unknown_authority;
      case CURLE_SSL_CONNECT_ERROR:
      case CURLE_UNSUPPORTED_PROTOCOL:
      case CURLE_WEIRD_SERVER_REPLY:
        return HttpsTrouble::not_https;
      default:
        return HttpsTrouble::cut;
    }
  }

  std::string authority_file_;
  CURL* transfer_ = nullptr;
  std::atomic<bool> is_stopped_ = false;
  std::mutex mutex_;
  std::condition_variable woken_;
};

}  // namespace

std::unique_ptr<WebLink> web_link(std::string authority_file) {
  return std::make_unique<CurlWeb>(std::move(authority_file));
}

}  // namespace drivers
