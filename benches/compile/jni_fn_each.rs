
#[jni_fn("com.example.Pool")]
pub fn allocate_$n(_env: JNIEnv<'_>, _class: JClass<'_>, limit: jint, length: jint) -> jlong {
    if length > limit + $n {
        return -1;
    }
    jlong::from(length)
}
