package io.agencyos.storage;

import java.util.List;
import java.util.concurrent.Flow;

import io.agencyos.storage.Storage.Stored;
import mutiny.zero.flow.adapters.AdaptersToFlow;
import org.reactivestreams.Publisher;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** What the SDK answers, in our words. */
final class S3Answers {

    private S3Answers() {}

    static String bare(String etag) {
        return etag == null ? "" : etag.replace("\"", "");
    }

    static boolean isMissing(Throwable failure) {
        return isGone(failure)
                || failure instanceof S3Exception e
                        && List.of("InvalidPart", "InvalidPartOrder", "MalformedXML")
                                .contains(e.awsErrorDetails().errorCode());
    }

    static boolean isGone(Throwable failure) {
        return failure instanceof S3Exception e && e.statusCode() == 404;
    }

    static <T> Flow.Publisher<T> flow(Publisher<T> publisher) {
        return AdaptersToFlow.publisher(publisher);
    }

    static Stored stored(String key, HeadObjectResponse head) {
        return new Stored(key, head.contentLength(), bare(head.eTag()), head.lastModified());
    }

    static Stored stored(S3Object file) {
        return new Stored(file.key(), file.size(), bare(file.eTag()), file.lastModified());
    }
}
